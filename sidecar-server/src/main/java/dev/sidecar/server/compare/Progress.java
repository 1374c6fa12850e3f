package dev.sidecar.server.compare;

import java.io.PrintStream;
import java.time.Duration;

/** A bar with the time left on a terminal; elsewhere a line every tenth of the way. */
final class Progress {

    private static final int WIDTH = 30;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private final int steps;
    private final long begin = System.nanoTime();
    private int step;

    Progress(PrintStream out, boolean terminal, int steps) {
        this.out = out;
        this.terminal = terminal;
        this.steps = Math.max(1, steps);
    }

    /** The next piece of work begins. */
    void step(String what) {
        double done = Math.min(1, (double) step / steps);
        String left = step < 3 ? "" : ", about " + left(done) + " left";
        if (terminal) {
            int filled = (int) Math.round(done * WIDTH);
            out.print(CLEAR_LINE + "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + Math.round(100 * done)
                    + " %" + left + "  " + what);
            out.flush();
        } else if (step == 0 || 10 * step / steps != 10 * (step - 1) / steps) {
            out.println("compare: " + Math.round(100 * done) + " %" + left + ": " + what);
        }
        step++;
    }

    /** A piece of work that counts for several. */
    void steps(int count, String what) {
        step(what);
        step += count - 1;
    }

    private String left(double done) {
        long elapsed = System.nanoTime() - begin;
        long seconds = Duration.ofNanos((long) (elapsed * (1 - done) / done)).toSeconds();
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }

    void end() {
        if (terminal) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }
}
