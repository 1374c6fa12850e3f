package dev.sidecar.server.logging.spool;

import dev.sidecar.Identity;
import dev.sidecar.LocalContext;
import dev.sidecar.logging.LocalLogs;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.LoggingOptions;
import dev.sidecar.logging.LoggingOptions.Otlp;
import dev.sidecar.logging.LoggingOptions.Spool;
import dev.sidecar.logging.otlp.OtlpEndpoint;
import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.runtime.Threads;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process that writes at full speed until it is killed, and says on standard output what was acknowledged. */
final class LedgerWriter {

    private static final int WRITERS = 3;
    private static final int BATCH = 10;

    private LedgerWriter() {}

    public static void main(String[] arguments) throws InterruptedException {
        String round = arguments[2];
        LocalLogs logs = open(Path.of(arguments[0]), arguments[1]);
        System.out.println("started");
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            String writer = "r" + round + "w" + i;
            Thread thread = Threads.named("ledger", () -> write(logs, writer));
            thread.start();
            writers.add(thread);
        }
        for (Thread writer : writers) {
            writer.join();
        }
    }

    static LocalLogs open(Path home, String endpoint) {
        LoggingOptions defaults = LoggingOptions.defaults();
        LoggingOptions silent = new LoggingOptions(
                new LoggingOptions.Console(false, LoggingOptions.ConsoleFormat.ECS),
                null,
                defaults.redact(),
                defaults.queue(),
                0,
                10);
        Otlp otlp = new Otlp(OtlpEndpoint.parse(endpoint), Map.of(), Duration.ofSeconds(5));
        return LocalLogs.start(
                new LocalContext(
                        new Identity("ledger", "ledger-1", "box"), new SidecarHome(home), new SimpleMeterRegistry()),
                silent.sendingTo(otlp, Spool.DEFAULTS));
    }

    static LogRecord record(String body) {
        return LogRecord.builder().body(body).source("api").build();
    }

    private static void write(LocalLogs logs, String writer) {
        for (int next = 0; ; next += BATCH) {
            List<LogRecord> batch = new ArrayList<>();
            for (int i = next; i < next + BATCH; i++) {
                batch.add(record(writer + " " + i));
            }
            logs.write(batch);
            synchronized (LedgerWriter.class) {
                System.out.println(writer + " " + (next + BATCH));
            }
        }
    }
}
