package dev.sidecar.server.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The user's own application, from the {@code app} of a profile.
 *
 * @param command its words, without a delivery
 * @param port where it listens; it finds it in {@code PORT} too
 * @param ready path that answers 2xx when it is ready
 * @param requests what it is asked, in turn
 * @param perSecond at which rate
 * @param seconds of each round in each delivery
 * @param library more arguments for the library
 * @param sidecar more arguments for the sidecar
 */
record UserApp(
        List<String> command,
        int port,
        String ready,
        List<UserRequest> requests,
        double perSecond,
        int seconds,
        int rounds,
        List<String> library,
        List<String> sidecar) {

    /** Relative paths begin in the current directory. */
    static UserApp of(Map<String, Object> values) throws IOException {
        return new UserApp(
                words(values, "command"),
                number(values, "port", 8080),
                text(values, "ready", "/actuator/health"),
                requests(Path.of(text(values, "requests", "requests.txt"))),
                number(values, "rate", 50),
                number(values, "seconds", 10),
                number(values, "rounds", 3),
                values.containsKey("library") ? words(values, "library") : List.of("--sidecar.delivery=library"),
                values.containsKey("sidecar") ? words(values, "sidecar") : List.of("--sidecar.delivery=sidecar"));
    }

    List<String> command(Way way) {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(way == Way.LIBRARY ? library : sidecar);
        return whole;
    }

    private static List<UserRequest> requests(Path file) throws IOException {
        List<UserRequest> requests = Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(UserRequest::parse)
                .toList();
        if (requests.isEmpty()) {
            throw new IllegalArgumentException(
                    "app.requests: '" + file + "' has no request; write lines such as GET /orders");
        }
        return requests;
    }

    private static List<String> words(Map<String, Object> values, String key) {
        Object value = values.get(key);
        List<String> words = value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : value == null
                        ? List.of()
                        : List.of(String.valueOf(value).strip().split("\\s+"));
        if (words.isEmpty() && key.equals("command")) {
            throw new IllegalArgumentException("app.command is missing; give the command that starts your application");
        }
        return words;
    }

    private static String text(Map<String, Object> values, String key, String otherwise) {
        return values.containsKey(key) ? String.valueOf(values.get(key)) : otherwise;
    }

    private static int number(Map<String, Object> values, String key, int otherwise) {
        String text = text(values, key, Integer.toString(otherwise));
        try {
            int value = Integer.parseInt(text);
            if (value > 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("app." + key + ": '" + text + "' is not allowed; give a number above 0");
    }
}
