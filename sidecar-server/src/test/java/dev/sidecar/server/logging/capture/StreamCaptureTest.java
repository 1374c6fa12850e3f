package dev.sidecar.server.logging.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Identity;
import dev.sidecar.LocalContext;
import dev.sidecar.logging.LocalLogs;
import dev.sidecar.logging.LogQuery;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.LoggingOptions;
import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.runtime.Threads;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamCaptureTest {

    private final LocalLogs logs = LocalLogs.start(
            new LocalContext(
                    new Identity("orders", "orders-1", "box"),
                    new SidecarHome(Path.of("unused")),
                    new SimpleMeterRegistry()),
            new LoggingOptions(
                    new LoggingOptions.Console(false, LoggingOptions.ConsoleFormat.ECS),
                    null,
                    new LoggingOptions.Redaction(List.of(), List.of()),
                    new LoggingOptions.Queue(100, LoggingOptions.WhenFull.BLOCK),
                    0,
                    1000));

    @AfterEach
    void close() {
        logs.close();
    }

    @Test
    void logsEachLineAndPassesTheBytesOnUnchanged() {
        byte[] bytes = "one\r\ntwo \u00e9\nthree without an end".getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream raw = new ByteArrayOutputStream();

        new StreamCapture(new ByteArrayInputStream(bytes), "stdout", logs, raw).run();

        assertThat(bodies()).containsExactly("one", "two \uFFFD", "three without an end");
        assertThat(raw.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void aLineThatNobodyContinuesIsLoggedSoon() throws IOException {
        PipedOutputStream app = new PipedOutputStream();
        StreamCapture capture = new StreamCapture(new PipedInputStream(app), "stdout", logs, null);
        Thread reader = Threads.named("test-capture", capture);
        reader.start();

        app.write("waiting\n".getBytes(StandardCharsets.UTF_8));
        app.flush();

        await().atMost(Duration.ofSeconds(2)).until(() -> bodies().contains("waiting"));
        assertThat(reader.isAlive()).isTrue();
        app.close();
        await().until(() -> !reader.isAlive());
    }

    @Test
    void moreThanTheQueueHoldsWaitsAndLosesNothing() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 900; i++) {
            text.append("line ").append(i).append('\n');
        }

        new StreamCapture(
                        new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)),
                        "stdout",
                        logs,
                        null)
                .run();

        assertThat(bodies()).hasSize(900).last().isEqualTo("line 899");
    }

    @Test
    void survivesBinaryRubbish() {
        byte[] rubbish = new byte[200_000];
        new Random(42).nextBytes(rubbish);
        ByteArrayOutputStream raw = new ByteArrayOutputStream();

        new StreamCapture(new ByteArrayInputStream(rubbish), "stderr", logs, raw).run();

        assertThat(raw.toByteArray()).isEqualTo(rubbish);
        assertThat(bodies()).isNotEmpty();
    }

    @Test
    void closesTheStreamWhenNobodyTakesTheBytesAnyMore() {
        Closeable in = new Closeable("one\n".getBytes(StandardCharsets.UTF_8));
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        new StreamCapture(in, "stdout", logs, gone).run();

        assertThat(in.closed).isTrue();
    }

    @Test
    void aReadThatFailsEndsItWithWhatWasRead() {
        InputStream failing = new InputStream() {
            private int reads;

            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }

            @Override
            public int read(byte[] buffer, int off, int len) throws IOException {
                if (reads++ > 0) {
                    throw new IOException("gone");
                }
                buffer[off] = 'x';
                return 1;
            }
        };

        new StreamCapture(failing, "stdout", logs, null).run();

        assertThat(bodies()).containsExactly("x");
    }

    private List<Object> bodies() {
        assertThat(logs.flush(Duration.ofSeconds(10))).isTrue();
        return logs.recent(new LogQuery(1000, null, null, null)).stream()
                .map(LogRecord::body)
                .toList();
    }

    private static final class Closeable extends ByteArrayInputStream {
        private boolean closed;

        Closeable(byte[] bytes) {
            super(bytes);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
