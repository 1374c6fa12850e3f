package dev.sidecar.server.edge.driver.haproxy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One {@code server} of a configuration.
 *
 * @param options what stands after the address, without the weight
 */
record ServerLine(String backend, String name, String address, int port, int weight, List<String> options) {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:/+,@=\\[\\]-]+");

    String id() {
        return backend + "/" + name;
    }

    /** Whether every word can be said on the runtime socket as it is. */
    boolean plain() {
        return PLAIN.matcher(backend).matches()
                && PLAIN.matcher(name).matches()
                && PLAIN.matcher(address).matches()
                && options.stream().allMatch(option -> PLAIN.matcher(option).matches());
    }

    String endpoint() {
        return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + port;
    }

    /** All servers of a configuration by backend and name. */
    static Map<String, ServerLine> parse(String config) {
        Map<String, ServerLine> servers = new LinkedHashMap<>();
        String backend = "";
        for (String line : config.lines().toList()) {
            List<String> words = Arrays.asList(line.strip().split("\\s+"));
            if (!line.isBlank() && !Character.isWhitespace(line.charAt(0)) && words.size() > 1) {
                backend = words.get(1);
            } else if (isServer(line) && words.size() >= 3) {
                ServerLine server = of(backend, words);
                servers.put(server.id(), server);
            }
        }
        return servers;
    }

    /** What is left of a configuration without servers and comments: what only a reload can change. */
    static String shape(String config) {
        return config.lines()
                .filter(line -> !isServer(line) && !line.strip().startsWith("#"))
                .filter(line -> !line.isBlank())
                .collect(Collectors.joining("\n"));
    }

    private static boolean isServer(String line) {
        return line.strip().startsWith("server ");
    }

    private static ServerLine of(String backend, List<String> words) {
        String endpoint = words.get(2);
        int colon = endpoint.lastIndexOf(':');
        String address = (colon < 0 ? endpoint : endpoint.substring(0, colon)).replaceAll("^\\[|]$", "");
        String port = colon < 0 ? "0" : endpoint.substring(colon + 1);
        List<String> options = new java.util.ArrayList<>(words.subList(3, words.size()));
        int weight = 1;
        int at = options.indexOf("weight");
        if (at >= 0 && at + 1 < options.size() && options.get(at + 1).matches("\\d{1,3}")) {
            weight = Integer.parseInt(options.get(at + 1));
            options.subList(at, at + 2).clear();
        }
        return new ServerLine(
                backend,
                words.get(1),
                address,
                port.matches("\\d{1,5}") ? Integer.parseInt(port) : 0,
                weight,
                List.copyOf(options));
    }
}
