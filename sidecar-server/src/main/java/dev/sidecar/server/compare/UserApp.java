package dev.sidecar.server.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The user's own application, from the {@code app} of a profile.
 *
 * @param directory where it is started: that of the profile
 * @param command its words, without a delivery
 * @param port where it listens; it finds it in {@code PORT} and {@code SERVER_PORT} too
 * @param ready path that answers 2xx when it is ready
 * @param requests what it is asked, in turn
 * @param perSecond at which rate
 * @param seconds of each round in each delivery
 * @param library more arguments for the library
 * @param sidecar more arguments for the sidecar
 */
record UserApp(
        Path directory,
        List<String> command,
        int port,
        String ready,
        List<UserRequest> requests,
        double perSecond,
        int seconds,
        int rounds,
        List<String> library,
        List<String> sidecar) {

    private static final int LAST_PORT = 65_535;
    private static final int QUICK_SECONDS = 4;
    private static final int MOST = 100_000;

    /** Relative paths begin in the directory. Throws {@link IllegalArgumentException} for what cannot be meant. */
    static UserApp of(Map<String, Object> values, Path directory) throws IOException {
        return new UserApp(
                directory,
                words(values, "command"),
                number(values, "port", 8080, LAST_PORT),
                path(text(values, "ready", "/actuator/health")),
                requests(directory.resolve(text(values, "requests", "requests.txt")), headers(values.get("headers"))),
                number(values, "rate", 50, MOST),
                number(values, "seconds", 10, MOST),
                number(values, "rounds", 3, MOST),
                values.containsKey("library") ? words(values, "library") : List.of("--sidecar.delivery=library"),
                values.containsKey("sidecar") ? words(values, "sidecar") : List.of("--sidecar.delivery=sidecar"));
    }

    List<String> command(Way way) {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(way == Way.LIBRARY ? library : sidecar);
        return whole;
    }

    /** Once in each delivery, and not for long. */
    UserApp quick() {
        return new UserApp(
                directory,
                command,
                port,
                ready,
                requests,
                perSecond,
                Math.min(seconds, QUICK_SECONDS),
                1,
                library,
                sidecar);
    }

    private static List<UserRequest> requests(Path file, Map<String, String> headers) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("app.requests: '" + file
                    + "' does not exist; write one with lines such as GET /orders, its path begins at the profile");
        }
        List<UserRequest> requests = Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> UserRequest.parse(line, headers))
                .toList();
        if (requests.isEmpty()) {
            throw new IllegalArgumentException(
                    "app.requests: '" + file + "' has no request; write lines such as GET /orders");
        }
        return requests;
    }

    private static Map<String, String> headers(@Nullable Object value) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (value == null) {
            return headers;
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(
                    "app.headers: '" + value + "' is not allowed; give names and values, such as {Accept: text/html}");
        }
        map.forEach((name, content) -> {
            String line = name + ": " + content;
            if (!line.matches("[A-Za-z0-9-]+: [\\x20-\\x7e]*")) {
                throw new IllegalArgumentException("app.headers: '" + name + "' is not a header of visible ASCII");
            }
            headers.put(String.valueOf(name), String.valueOf(content));
        });
        return headers;
    }

    private static List<String> words(Map<String, Object> values, String key) {
        Object value = values.get(key);
        List<String> words = value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : value == null || String.valueOf(value).isBlank()
                        ? List.of()
                        : List.of(String.valueOf(value).strip().split("\\s+"));
        if (words.isEmpty() && key.equals("command")) {
            throw new IllegalArgumentException("app.command is missing; give the command that starts your application");
        }
        return words;
    }

    private static String path(String text) {
        if (!text.matches("/[\\x21-\\x7e]*")) {
            throw new IllegalArgumentException("app.ready: '" + text + "' is not allowed; give a path such as /health");
        }
        return text;
    }

    private static String text(Map<String, Object> values, String key, String otherwise) {
        return values.containsKey(key) ? String.valueOf(values.get(key)) : otherwise;
    }

    private static int number(Map<String, Object> values, String key, int otherwise, int most) {
        String text = text(values, key, Integer.toString(otherwise));
        try {
            int value = Integer.parseInt(text);
            if (value > 0 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "app." + key + ": '" + text + "' is not allowed; give a number from 1 to " + most);
    }
}
