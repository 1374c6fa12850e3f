package dev.sidecar.server.compare;

import dev.sidecar.runtime.Threads;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A bar with the time left on a terminal; elsewhere a line every tenth of the way. Thread-safe. */
final class Progress implements AutoCloseable {

    private static final int WIDTH = 24;

    /** The narrowest terminal there is; a longer line would wrap and stay. */
    private static final int COLUMNS = 79;

    private static final String CLEAR_LINE = "\r\u001b[K";

    /** By then the machine has shown how long things take here; before, the plan is all there is. */
    private static final double KNOWN = 0.05;

    private final PrintStream out;
    private final LongSupplier clock;
    private final long planned;
    private final long most;
    private final long begin;
    private final @Nullable ScheduledThreadPoolExecutor painter;
    private long done;
    private long piece;
    private long pieceBegin;
    private long saidTenth = -1;
    private String what = "";

    /**
     * On standard error.
     *
     * @param plannedMillis that it takes if nothing is in the way
     * @param mostMillis after which it ends in any case; 0 for never
     */
    static Progress onStandardError(long plannedMillis, long mostMillis) {
        LongSupplier clock = () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        return new Progress(System.err, isTerminal(), plannedMillis, mostMillis, clock);
    }

    /**
     * @param clock milliseconds
     */
    Progress(PrintStream out, boolean terminal, long plannedMillis, long mostMillis, LongSupplier clock) {
        this.out = out;
        this.clock = clock;
        this.planned = Math.max(1, plannedMillis);
        this.most = mostMillis == 0 ? Long.MAX_VALUE : mostMillis;
        this.begin = clock.getAsLong();
        this.painter = terminal ? Threads.timer("compare-progress") : null;
        if (painter != null) {
            painter.scheduleAtFixedRate(this::paint, 1, 1, TimeUnit.SECONDS);
        }
    }

    /** Standard input and output may be piped while standard error is not. */
    private static boolean isTerminal() {
        try {
            return Path.of("/proc/self/fd/2").toRealPath().toString().matches("/dev/(pts/.*|tty.*|console)");
        } catch (IOException e) {
            return false;
        }
    }

    /** The next piece of work begins; it is planned to take so long. */
    synchronized void step(String title, long millis) {
        done += piece;
        piece = millis;
        pieceBegin = clock.getAsLong();
        what = title;
        if (painter != null) {
            paint();
            return;
        }
        long tenth = (long) (10 * fraction());
        if (tenth > saidTenth) {
            saidTenth = tenth;
            out.println("compare: " + percent() + " %, about " + left() + " left: " + what);
        }
    }

    private synchronized void paint() {
        int filled = (int) Math.round(fraction() * WIDTH);
        String line = "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + percent() + " %, about " + left()
                + " left  " + what;
        out.print(CLEAR_LINE + line.substring(0, Math.min(COLUMNS, line.length())));
        out.flush();
    }

    private double fraction() {
        long under = Math.min(piece, clock.getAsLong() - pieceBegin);
        double byTime = (double) elapsed() / most;
        return Math.min(1, Math.max(byTime, (double) (done + under) / planned));
    }

    private long elapsed() {
        return clock.getAsLong() - begin;
    }

    private long percent() {
        return (long) (100 * fraction());
    }

    /** What is planned, as much slower or faster as things went until now. */
    private String left() {
        double fraction = fraction();
        double pace = fraction < KNOWN ? 1 : elapsed() / (fraction * planned);
        long millis = Math.min((long) ((1 - fraction) * planned * pace), Math.max(0, most - elapsed()));
        long seconds = Duration.ofMillis(millis).toSeconds();
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }

    /** Nothing of the bar is left. */
    @Override
    public synchronized void close() {
        if (painter != null) {
            painter.shutdownNow();
            out.print(CLEAR_LINE);
            out.flush();
        }
    }
}
