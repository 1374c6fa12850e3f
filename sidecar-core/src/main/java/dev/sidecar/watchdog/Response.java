package dev.sidecar.watchdog;

import dev.sidecar.runtime.Threads;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows from a finding, in this order: an event and a log record at once, evidence in the log, the action. The
 * evidence and the action have a thread of their own while there is something to do.
 */
final class Response implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.sidecar.watchdog");
    private static final Duration EVIDENCE_TIMEOUT = Duration.ofSeconds(5);

    private final WatchdogOptions options;
    private final EventLog events;
    private final WatchdogMeters meters;
    private final Signs signs;
    private final ExecutorService work = Threads.serial("watchdog-action");
    private volatile @Nullable Watched process;

    Response(WatchdogOptions options, EventLog events, WatchdogMeters meters, Signs signs) {
        this.options = options;
        this.events = events;
        this.meters = meters;
        this.signs = signs;
    }

    void begin(Watched watched) {
        process = watched;
        signs.begin();
    }

    void end() {
        process = null;
    }

    /**
     * Does not block.
     *
     * @param pid of whom evidence is wanted
     */
    void to(Finding finding, boolean stillTroubled, @Nullable Long pid) {
        if (finding instanceof Finding.Recovery recovery) {
            events.add(recovery.cause(), null, recovery.detail());
            LOG.atInfo()
                    .addKeyValue("sidecar.watchdog.cause", recovery.cause().word())
                    .log("watchdog: {}", recovery.detail());
            if (!stillTroubled) {
                // After what is still to be done about the trouble.
                work.execute(signs::good);
            }
            return;
        }
        WatchdogAction action = options.action();
        events.add(finding.cause(), action, finding.detail());
        meters.event(finding.cause(), action);
        LOG.atError()
                .addKeyValue("sidecar.watchdog.cause", finding.cause().word())
                .addKeyValue("sidecar.watchdog.action", word(action))
                .log("watchdog: {}; action: {}", finding.detail(), word(action));
        Watched watched = process;
        if (watched != null) {
            work.execute(() -> act(watched, finding, action, pid == null ? watched.pid() : pid));
        }
    }

    private void act(Watched watched, Finding finding, WatchdogAction action, long pid) {
        LOG.atError()
                .addKeyValue("sidecar.watchdog.cause", finding.cause().word())
                .log("watchdog evidence of process {}:\n{}", pid, evidence(watched, pid));
        // It may have ended by itself meanwhile, and what runs now is another process.
        if (watched != process || action == WatchdogAction.LOG) {
            return;
        }
        if (action == WatchdogAction.HEALTH || !watched.act(action, finding.cause(), finding.detail())) {
            signs.bad(finding.detail());
        }
    }

    private String evidence(Watched watched, long pid) {
        String own = watched.evidence();
        return options.evidence().isEmpty()
                ? own
                : own + "\n" + new EvidenceCommand(options.evidence(), EVIDENCE_TIMEOUT).run(pid);
    }

    private static String word(WatchdogAction action) {
        return action.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        work.shutdown();
    }
}
