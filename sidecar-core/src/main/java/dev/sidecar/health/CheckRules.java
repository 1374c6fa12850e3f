package dev.sidecar.health;

import dev.sidecar.SidecarException;
import dev.sidecar.json.DurationText;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a definition may say, apart from the fields of its type, which its probe looks at. */
final class CheckRules {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Duration DAY = Duration.ofDays(1);

    private CheckRules() {}

    /** Throws {@code invalid-check} naming the first field that is wrong. */
    static void check(CheckDefinition definition) {
        String name = definition.name();
        if (isMissing(name) || !NAME.matcher(name).matches()) {
            throw SidecarException.invalid(
                    "invalid-check",
                    "name: '" + name + "' is not a name; use 1 to 128 letters, digits, '.', '_' or '-',"
                            + " beginning with a letter or a digit");
        }
        if (isMissing(definition.type())) {
            throw refused(definition, "type", null, "one of http, tcp, exec, grpc, ttl, process");
        }
        if (definition.groups() != null && definition.groups().contains(null)) {
            throw refused(definition, "groups", null, "a list of live, ready, startup, or an empty one");
        }
        within(definition, "interval", definition.interval(), Duration.ofMillis(10), DAY);
        within(definition, "timeout", definition.timeout(), Duration.ofMillis(1), Duration.ofHours(1));
        within(definition, "startPeriod", definition.startPeriod(), Duration.ZERO, DAY);
        within(definition, "rise", definition.rise());
        within(definition, "fall", definition.fall());
        belongs(definition, "url", definition.url(), CheckType.HTTP);
        belongs(definition, "headers", definition.headers(), CheckType.HTTP);
        belongs(definition, "expectedStatus", definition.expectedStatus(), CheckType.HTTP);
        belongs(definition, "address", definition.address(), CheckType.TCP, CheckType.GRPC);
        belongs(definition, "command", definition.command(), CheckType.EXEC);
        belongs(definition, "service", definition.service(), CheckType.GRPC);
        belongs(definition, "ttl", definition.ttl(), CheckType.TTL);
        belongs(definition, "pid", definition.pid(), CheckType.PROCESS);
    }

    /** The refusal of one field; the value must be fit to be shown. */
    static SidecarException refused(CheckDefinition definition, String field, @Nullable Object value, String wanted) {
        String what = value == null ? "is missing" : "'" + Output.clip(value.toString(), 200) + "' is not allowed";
        return SidecarException.invalid(
                "invalid-check", "check '" + definition.name() + "': " + field + ": " + what + "; give " + wanted);
    }

    static void within(
            CheckDefinition definition, String field, @Nullable Duration value, Duration least, Duration most) {
        if (value != null && (value.compareTo(least) < 0 || value.compareTo(most) > 0)) {
            String range = "a duration from " + DurationText.format(least) + " to " + DurationText.format(most);
            throw refused(definition, field, value, range);
        }
    }

    private static void within(CheckDefinition definition, String field, @Nullable Integer value) {
        if (value != null && (value < 1 || value > 1000)) {
            throw refused(definition, field, value, "a number from 1 to 1000");
        }
    }

    private static void belongs(CheckDefinition definition, String field, @Nullable Object value, CheckType... types) {
        if (value != null && !Set.of(types).contains(definition.type())) {
            String type = definition.type().word();
            throw SidecarException.invalid(
                    "invalid-check",
                    "check '" + definition.name() + "': " + field + " means nothing to a check of type " + type
                            + "; leave it out or give another type");
        }
    }

    /** What comes from JSON or a configuration file may be missing whatever the record's types say. */
    private static boolean isMissing(@Nullable Object value) {
        return value == null;
    }
}
