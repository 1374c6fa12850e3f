package dev.sidecar.server.edge.input;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * One healthy instance, as a template sees it.
 *
 * @param instance its name, unique within the service
 * @param address an IP address or a host name that resolves
 * @param metadata as it was registered; anybody may have written it
 */
public record Server(String instance, String address, int port, boolean secure, Map<String, String> metadata) {

    private static final int MAX_WEIGHT = 256;

    public Server {
        metadata = new TreeMap<>(metadata);
    }

    /** Address and port as both proxies write them. */
    public String endpoint() {
        return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + port;
    }

    /** The metadata's {@code weight}, from 1 to 256; 1 where it is not such a number. */
    public int weight() {
        String text = metadata.getOrDefault("weight", "1");
        return text.matches("[1-9]\\d{0,2}") ? Math.min(Integer.parseInt(text), MAX_WEIGHT) : 1;
    }

    Map<String, Object> model() {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("instance", instance);
        model.put("address", address);
        model.put("port", port);
        model.put("endpoint", endpoint());
        model.put("secure", secure);
        model.put("weight", weight());
        model.put("metadata", metadata);
        return model;
    }
}
