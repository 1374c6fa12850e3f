package dev.sidecar.server.supervisor;

import dev.sidecar.Identity;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What the application finds in its environment: ours, plus what tells it of the sidecar, except what the user set.
 */
final class AppEnvironment {

    private static final String COLLECTOR = "OTEL_EXPORTER_OTLP_";

    private AppEnvironment() {}

    /**
     * The whole environment of the application.
     *
     * @param ours the environment of this process
     * @param run what marks everything the application starts
     * @param port of the application, where it is known
     * @param notify what tells it of the watchdog
     * @param configured variables of the configuration; neither ours nor the user's give way to them
     */
    static Map<String, String> of(
            Map<String, String> ours,
            String run,
            Identity identity,
            Addresses addresses,
            OptionalInt port,
            Map<String, String> notify,
            Map<String, String> configured) {
        Map<String, String> result = new HashMap<>(Inheritance.withoutInherited(ours));
        LauncherEnvironment.restore(result);
        Map<String, String> given = new LinkedHashMap<>();
        given.put("SIDECAR_URL", addresses.api());
        addresses.socket().ifPresent(socket -> given.put("SIDECAR_SOCKET", socket.toString()));
        addresses.ambassador().ifPresent(url -> given.put("SIDECAR_AMBASSADOR_URL", url));
        given.put("SIDECAR_TOKEN", addresses.token());
        given.put("SIDECAR_APP_NAME", identity.name());
        given.put("SIDECAR_APP_INSTANCE", identity.instance());
        given.put("OTEL_SERVICE_NAME", identity.name());
        // A collector of the user's own must not be sent our token.
        if (result.keySet().stream().noneMatch(name -> name.startsWith(COLLECTOR) && name.endsWith("ENDPOINT"))) {
            given.put(COLLECTOR + "ENDPOINT", addresses.api());
            given.put(COLLECTOR + "PROTOCOL", "http/protobuf");
            given.put(COLLECTOR + "HEADERS", "Authorization=Bearer%20" + percentEncoded(addresses.token()));
        }
        port.ifPresent(value -> given.put("PORT", Integer.toString(value)));
        NotifyVariables.withoutOurs(result);
        given.putAll(notify);
        configured.forEach(given::putIfAbsent);
        given.keySet().removeIf(result::containsKey);
        result.putAll(given);
        Inheritance.mark(result, ours, run, new TreeMap<>(given));
        return result;
    }

    private static String percentEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
