package dev.sidecar.server.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final AtomicLong millis = new AtomicLong();

    private String said() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void tellsTheTimeLeftByWeightAndNotByCount() {
        try (Progress progress = new Progress(out, false, 100_000, 0, millis::get)) {
            progress.step("short", 10_000);
            millis.set(10_000);
            progress.step("long", 80_000);
            assertThat(said()).contains("0 %, about 1 min 40 s left: short", "10 %, about 1 min 30 s left: long");
        }
    }

    @Test
    void aSlowerMachineThanPlannedMakesTheRestLonger() {
        try (Progress progress = new Progress(out, false, 100_000, 0, millis::get)) {
            progress.step("one", 50_000);
            millis.set(100_000);
            progress.step("two", 50_000);
            assertThat(said()).contains("50 %, about 1 min 40 s left: two");
        }
    }

    @Test
    void onATerminalTheBarFitsALineAndIsGoneAfterwards() {
        try (Progress progress = new Progress(out, true, 100_000, 0, millis::get)) {
            progress.step("round 1 of 5: a title that is far too long for any terminal there is, really", 50_000);
            String line = said().substring(said().lastIndexOf('K') + 1);
            assertThat(line).startsWith("[....").hasSizeLessThanOrEqualTo(79);
        }
        assertThat(said()).endsWith("\r\u001b[K");
    }

    @Test
    void neverSaysMoreThanIsLeftUntilItEndsInAnyCase() {
        try (Progress progress = new Progress(out, false, 100_000, 60_000, millis::get)) {
            progress.step("one", 10_000);
            millis.set(45_000);
            progress.step("two", 90_000);
            assertThat(said()).contains("0 %, about 1 min 0 s left: one", "75 %, about 15 s left: two");
        }
    }
}
