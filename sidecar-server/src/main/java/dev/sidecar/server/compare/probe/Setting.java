package dev.sidecar.server.compare.probe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a probe is told by system properties {@code sidecar.compare.*}; the command line is then the same for all.
 *
 * @param way {@code none}, {@code library}, {@code sidecar-unix} or {@code sidecar-tcp}
 * @param directory the library's home and log file
 * @param endpoint of the sidecar, where there is one
 * @param neighbour port of the service that is called
 * @param ambassador port of the sidecar's ambassador
 * @param extraNanos added to every call, to see whether the measurement sees it
 */
public record Setting(
        String way,
        Path directory,
        @Nullable String endpoint,
        @Nullable String token,
        int neighbour,
        int ambassador,
        long extraNanos) {

    private static final String PREFIX = "sidecar.compare.";

    /** {@code library=100,sidecar-tcp=50}: microseconds for each call. */
    private static final String DELAY = PREFIX + "delay";

    /** The token's place: what is on a command line can be read by every user of the machine. */
    public static final String TOKEN = "COMPARE_TOKEN";

    static Setting fromProperties() {
        String way = System.getProperty(PREFIX + "way", "none");
        return new Setting(
                way,
                Path.of(System.getProperty(PREFIX + "directory", ".")),
                System.getProperty(PREFIX + "endpoint"),
                System.getenv(TOKEN),
                Integer.getInteger(PREFIX + "neighbour", 0),
                Integer.getInteger(PREFIX + "ambassador", 0),
                delay(way, System.getProperty(DELAY, "")));
    }

    /** The other direction: options for the virtual machine, and in the environment what is secret. */
    public List<String> options() {
        List<String> options = new ArrayList<>();
        add(options, "way", way);
        add(options, "directory", directory);
        add(options, "endpoint", endpoint);
        add(options, "neighbour", neighbour);
        add(options, "ambassador", ambassador);
        return options;
    }

    public Map<String, String> environment() {
        return token == null ? Map.of() : Map.of(TOKEN, token);
    }

    private static void add(List<String> options, String name, @Nullable Object value) {
        if (value != null) {
            options.add("-D" + PREFIX + name + "=" + value);
        }
    }

    static long delay(String way, String text) {
        for (String one : text.split(",")) {
            if (one.startsWith(way + "=")) {
                return TimeUnit.MICROSECONDS.toNanos(Long.parseLong(one.substring(way.length() + 1)));
            }
        }
        return 0;
    }
}
