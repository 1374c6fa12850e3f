package dev.sidecar.server.supervisor;

import dev.sidecar.server.watchdog.AppFamily;
import dev.sidecar.watchdog.LocalWatchdog;
import dev.sidecar.watchdog.WatchdogAction;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands each run of the application to the watchdog, and the watchdog's wishes to the supervisor. Thread-safe. */
final class AppWatch implements AppFamily {

    /** A process is there long before this, or never. */
    private static final Duration START = Duration.ofSeconds(5);

    private final LocalWatchdog watchdog;
    private final Optional<AppSignal> signal;
    private final String mark;
    private @Nullable ProcessTree tree;
    private boolean starting;

    /**
     * Watches nothing yet.
     *
     * @param signal what the application gets before anything else is done to it
     * @param mark what is in the environment of all of the application
     */
    AppWatch(LocalWatchdog watchdog, Optional<AppSignal> signal, String mark) {
        this.watchdog = watchdog;
        this.signal = signal;
        this.mark = mark;
    }

    /** An application is about to be started, and may speak before {@link #begin}: it is listened to only then. */
    synchronized void starting() {
        starting = true;
    }

    /** This process is the application from now on. */
    void begin(long pid, Guardian guardian, Consumer<Event> events) {
        ProcessTree begun = new ProcessTree(pid, mark);
        watchdog.guard(new WatchedApp(pid, true, begun, (action, cause, detail) -> {
            if (action == WatchdogAction.SIGNAL) {
                guardian.signalApp(signal.orElse(AppSignal.ABRT));
            } else {
                signal.ifPresent(guardian::signalApp);
                events.accept(new Event.Tripped(pid, action, cause, detail, signal.isPresent()));
            }
            return true;
        }));
        become(begun);
    }

    private synchronized void become(@Nullable ProcessTree next) {
        tree = next;
        starting = false;
        notifyAll();
    }

    /** It is ending, or has ended. */
    void end() {
        watchdog.release();
    }

    void gone() {
        become(null);
    }

    /** It was started again; {@code why} is empty where the watchdog knows. */
    void restarted(String why) {
        watchdog.restarted(why);
    }

    @Override
    public boolean contains(long pid) {
        ProcessTree current = current();
        return current != null && current.contains(pid);
    }

    private synchronized @Nullable ProcessTree current() {
        long deadline = System.nanoTime() + START.toNanos();
        try {
            while (starting && System.nanoTime() - deadline < 0) {
                wait(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return tree;
    }
}
