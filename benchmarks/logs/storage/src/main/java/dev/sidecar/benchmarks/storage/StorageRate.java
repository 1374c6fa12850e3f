package dev.sidecar.benchmarks.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Records of 1 KB a second that are on the disk before their writer goes on, by engine: usage StorageRate
 * &lt;directory&gt; &lt;seconds of each run&gt; &lt;rounds&gt; &lt;writers&gt;. The engines take turns; the median counts.
 */
final class StorageRate {

    private static final int BYTES = 1024;
    private static final int[] BATCHES = {1, 100};

    private StorageRate() {}

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        int writers = Integer.parseInt(arguments[3]);
        Map<String, Store.Factory> engines = new LinkedHashMap<>();
        engines.put("spool", SpoolStore::new);
        engines.put("SQLite, WAL", SqliteStore::new);
        engines.put("H2 MVStore", MvStore::new);
        engines.put("Artemis journal", ArtemisStore::new);
        for (int batch : BATCHES) {
            Map<String, List<Double>> rates = new LinkedHashMap<>();
            for (int round = 0; round <= rounds; round++) {
                for (Map.Entry<String, Store.Factory> engine : engines.entrySet()) {
                    double rate = rate(engine.getValue(), root, seconds, writers, batch);
                    if (round > 0) { // the first warms up
                        rates.computeIfAbsent(engine.getKey(), name -> new ArrayList<>())
                                .add(rate);
                    }
                }
            }
            double ours = median(rates.get("spool"));
            rates.forEach((name, all) -> System.out.printf(
                    "%d writers, batches of %3d  %-16s %8.0f records/s  %.2f of the spool's%n",
                    writers, batch, name, median(all), median(all) / ours));
        }
        System.exit(0);
    }

    private static double rate(Store.Factory engine, Path root, int seconds, int writers, int size) throws Exception {
        Path directory = Files.createTempDirectory(root, "store-");
        List<byte[]> batch = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            byte[] content = new byte[BYTES];
            Arrays.fill(content, (byte) ('a' + i % 26));
            batch.add(content);
        }
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try (Store store = engine.in(directory)) {
            long begin = System.nanoTime();
            long end = begin + seconds * 1_000_000_000L;
            Callable<Long> writer = () -> {
                long written = 0;
                for (; System.nanoTime() < end; written += size) {
                    store.append(batch);
                }
                return written;
            };
            long sum = 0;
            for (Future<Long> each : threads.invokeAll(Collections.nCopies(writers, writer))) {
                sum += each.get();
            }
            return sum / ((System.nanoTime() - begin) / 1e9);
        } finally {
            threads.shutdown();
            delete(directory);
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
