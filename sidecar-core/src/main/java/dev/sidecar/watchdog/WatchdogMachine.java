package dev.sidecar.watchdog;

import dev.sidecar.json.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is wrong. It has no clock, thread or process: all it knows is told to it, with the time in nanoseconds
 * of one clock. Each trouble is found once, until it is over. Not thread-safe.
 */
final class WatchdogMachine {

    private final WatchdogOptions options;
    private final HeartbeatDeadline deadline;
    private final Map<Cause, CeilingTracker> ceilings = new EnumMap<>(Cause.class);
    private final Map<String, Cause> troubles = new HashMap<>();
    private AppPhase phase = AppPhase.UNKNOWN;
    private @Nullable String status;
    private @Nullable Integer errno;
    private @Nullable Long pid;
    private boolean running;

    WatchdogMachine(WatchdogOptions options) {
        this.options = options;
        this.deadline = new HeartbeatDeadline(options.heartbeat());
        options.ceilings().forEach((resource, ceiling) -> ceilings.put(resource, new CeilingTracker(ceiling)));
    }

    /** A process has started: what was said of another one does not count. */
    void begin(long process, long now) {
        running = true;
        pid = process;
        phase = AppPhase.UNKNOWN;
        status = null;
        errno = null;
        troubles.clear();
        ceilings.values().forEach(CeilingTracker::begin);
        Duration configured = options.heartbeat();
        deadline.timeout(configured == null ? Duration.ZERO : configured, now);
        deadline.begin(now, options.startPeriod());
    }

    /** It is ending or has ended, so nothing is wrong with it any more. */
    void end() {
        running = false;
        pid = null;
        troubles.clear();
        deadline.end();
    }

    List<Finding> accept(Notice notice, long now) {
        if (notice instanceof Notice.Heartbeat) {
            deadline.beat(now);
            return recovered("", Cause.HEARTBEAT, "heartbeats come again");
        }
        if (notice instanceof Notice.Trigger) {
            return running ? trouble("trigger", Cause.TRIGGER, "the application asked for it") : List.of();
        }
        if (notice instanceof Notice.Phase said) {
            phase = said.phase();
            if (phase == AppPhase.STOPPING) {
                deadline.end();
            }
        } else if (notice instanceof Notice.Status said) {
            status = said.text();
        } else if (notice instanceof Notice.Timeout said) {
            deadline.timeout(said.timeout(), now);
        } else if (notice instanceof Notice.Extend said) {
            deadline.extend(said.by(), now);
        } else if (notice instanceof Notice.MainPid said) {
            pid = said.pid();
        } else if (notice instanceof Notice.Errno said) {
            errno = said.errno();
        }
        return List.of();
    }

    /** Whether the heartbeat is late. */
    List<Finding> check(long now) {
        Duration timeout = deadline.timeout();
        if (!deadline.missed(now) || timeout == null) {
            return List.of();
        }
        return trouble("", Cause.HEARTBEAT, "no heartbeat for more than " + DurationText.format(timeout));
    }

    /** What is used now; a resource that could not be read is left out. */
    List<Finding> sample(Map<Cause, Double> used, long now) {
        List<Finding> findings = new ArrayList<>();
        ceilings.forEach((resource, tracker) -> {
            tracker.sample(used.get(resource), now);
            if (running && tracker.broken(now)) {
                findings.addAll(trouble(resource.word(), resource, words(resource, tracker.report(resource, now))));
            } else if (!tracker.isOver()) {
                findings.addAll(recovered(resource.word(), resource, resource.word() + " is below its ceiling again"));
            }
        });
        return findings;
    }

    /** Something was found by somebody else; {@code name} tells one trouble of a cause from another. */
    List<Finding> trouble(String name, Cause cause, String detail) {
        return running && troubles.putIfAbsent(cause.word() + ":" + name, cause) == null
                ? List.of(new Finding.Trouble(cause, detail))
                : List.of();
    }

    List<Finding> recovered(String name, Cause cause, String detail) {
        return troubles.remove(cause.word() + ":" + name) == null
                ? List.of()
                : List.of(new Finding.Recovery(cause, detail));
    }

    boolean isWatching() {
        return running;
    }

    boolean isTroubled() {
        return !troubles.isEmpty();
    }

    /** Nanoseconds until the heartbeat is due; empty when none is, or its lateness is known already. */
    OptionalLong nextCheck(long now) {
        OptionalLong due = deadline.due();
        return due.isEmpty() || troubles.containsKey("heartbeat:")
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, due.getAsLong() - now));
    }

    AppPhase phase() {
        return phase;
    }

    @Nullable
    Long pid() {
        return pid;
    }

    AppReport app() {
        return new AppReport(pid, phase, status, errno);
    }

    @Nullable
    Long timeoutMs() {
        Duration timeout = deadline.timeout();
        return timeout == null ? null : timeout.toMillis();
    }

    @Nullable
    Long dueInMs(long now) {
        OptionalLong due = deadline.due();
        return due.isEmpty() ? null : Duration.ofNanos(due.getAsLong() - now).toMillis();
    }

    List<CeilingReport> ceilings(long now) {
        return ceilings.entrySet().stream()
                .map(entry -> entry.getValue().report(entry.getKey(), now))
                .toList();
    }

    private static String words(Cause resource, CeilingReport report) {
        return String.format(
                Locale.ROOT,
                "%s is %s, more than %s, for %s",
                resource.word(),
                number(report.value()),
                number(report.max()),
                DurationText.format(Duration.ofMillis(report.overMs())));
    }

    private static String number(@Nullable Double value) {
        if (value == null) {
            return "unknown";
        }
        return value == Math.rint(value) ? Long.toString(value.longValue()) : String.format(Locale.ROOT, "%.2f", value);
    }
}
