import dev.sidecar.Identity;
import dev.sidecar.LocalContext;
import dev.sidecar.logging.LocalLogs;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.LoggingOptions;
import dev.sidecar.logging.Severity;
import dev.sidecar.logging.otlp.OtlpEndpoint;
import dev.sidecar.runtime.SidecarHome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Writers that hand over batches of 100 records of 1 KB, each batch on the disk before the next. */
final class SpoolRate {

    private static final int BATCH = 100;
    private static final int BYTES = 1024;

    private SpoolRate() {}

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        int writers = Integer.parseInt(arguments[2]);
        LoggingOptions defaults = LoggingOptions.defaults();
        LoggingOptions silent = new LoggingOptions(
                new LoggingOptions.Console(false, LoggingOptions.ConsoleFormat.ECS),
                null,
                defaults.redact(),
                defaults.queue(),
                0,
                1000);
        // Nobody listens there: everything stays in the spool, which gives up the oldest when it is full.
        LoggingOptions.Otlp nobody =
                new LoggingOptions.Otlp(OtlpEndpoint.parse("http://127.0.0.1:9"), Map.of(), Duration.ofSeconds(5));
        LoggingOptions.Spool spool =
                new LoggingOptions.Spool(1L << 30, Duration.ofHours(1), LoggingOptions.WhenFull.DROP_OLDEST);
        try (LocalLogs logs = LocalLogs.start(
                new LocalContext(
                        new Identity("bench", "bench-1", "box"), new SidecarHome(home), new SimpleMeterRegistry()),
                silent.sendingTo(nobody, spool))) {
            measure(logs, 5, writers);
            long cpu = cpuNanos();
            double rate = measure(logs, seconds, writers);
            double cores = (cpuNanos() - cpu) / (seconds * 1e9);
            System.out.printf("%.0f %.2f%n", rate, cores);
        }
        System.exit(0);
    }

    private static double measure(LocalLogs logs, int seconds, int writers) throws InterruptedException {
        AtomicLong written = new AtomicLong();
        long begin = System.nanoTime();
        long end = begin + seconds * 1_000_000_000L;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            String words = words(i);
            Thread thread = new Thread(() -> {
                for (long next = 0; System.nanoTime() < end; next += BATCH) {
                    List<LogRecord> batch = new ArrayList<>(BATCH);
                    for (int j = 0; j < BATCH; j++) {
                        batch.add(record(words, next + j));
                    }
                    written.addAndGet(logs.write(batch).accepted());
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return written.get() / ((System.nanoTime() - begin) / 1e9);
    }

    private static LogRecord record(String words, long number) {
        String body = "order " + number + " " + words;
        return LogRecord.builder()
                .severity(Severity.INFO)
                .body(body.substring(0, BYTES))
                .source("api")
                .build();
    }

    private static String words(int seed) {
        String[] known = {"accepted", "customer", "shipped", "from", "warehouse", "north", "after", "retry", "in", "ms"};
        StringBuilder text = new StringBuilder();
        for (int i = seed; text.length() < BYTES; i++) {
            text.append(known[(i * 7 + i / 3) % known.length]).append(' ').append(i % 97).append(' ');
        }
        return text.toString();
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
