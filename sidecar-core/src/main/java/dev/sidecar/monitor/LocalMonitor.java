package dev.sidecar.monitor;

import dev.sidecar.LocalContext;
import dev.sidecar.Subscription;
import dev.sidecar.linux.LinuxFiles;
import dev.sidecar.runtime.AppRoot;
import dev.sidecar.runtime.Threads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The monitor in this process. Thread-safe. */
public final class LocalMonitor implements Monitor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalMonitor.class);

    /** Nobody needs samples closer together than this, and nobody can make them cost more. */
    private static final long FRESH_NANOS = 1_000_000_000L;

    /** The application's own start comes first. */
    private static final Duration FIRST = Duration.ofSeconds(2);

    /** How long a read that hangs delays a sample, once. */
    private static final Duration READ = Duration.ofMillis(250);

    private final AppRoot app;
    private final Duration interval;
    private final BoundedReads reads = new BoundedReads(READ);
    private final Source source;
    private final Thresholds thresholds;
    private final MonitorMeters meters;
    private final MonitorWatchers watchers = new MonitorWatchers();
    private final ScheduledExecutorService timer = Threads.timer("monitor");
    private final long startedNanos = System.nanoTime();
    private long cpuNanos;
    private long sampledNanos;
    private OptionalLong sampledApp = OptionalLong.empty();
    private @Nullable MonitorSample last;

    private LocalMonitor(LocalContext context, MonitorOptions options, LinuxFiles files) {
        this.app = context.app();
        this.interval = options.interval();
        long self = ProcessHandle.current().pid();
        Source linux = new LinuxSource(files, reads, self);
        this.source = files.exist() ? linux : OshiSource.or(linux, reads, self);
        this.thresholds = new Thresholds(options.thresholds());
        this.meters = new MonitorMeters(context.meters());
        long period = interval.toNanos();
        timer.scheduleAtFixedRate(this::tick, Math.min(period, FIRST.toNanos()), period, TimeUnit.NANOSECONDS);
    }

    /** Starts it, and the first periodic sample comes two seconds later; or what stands for it when it is off. */
    public static Monitor start(LocalContext context, MonitorOptions options) {
        return options.enabled()
                ? new LocalMonitor(context, options, LinuxFiles.ofThisMachine())
                : new DisabledMonitor();
    }

    private void tick() {
        try {
            MonitorSample sample = take();
            watchers.offer(sample);
        } catch (RuntimeException e) {
            LOG.debug("no sample could be taken", e);
        }
    }

    @Override
    public synchronized MonitorSample sample() {
        MonitorSample current = last;
        boolean fresh = current != null
                && System.nanoTime() - sampledNanos < FRESH_NANOS
                && app.pid().equals(sampledApp);
        return current != null && fresh ? current : take();
    }

    private synchronized MonitorSample take() {
        long cpuBefore = BoundedReads.cpu();
        long began = System.nanoTime();
        OptionalLong root = app.pid();
        List<String> unknown = new ArrayList<>();
        Source.Reading reading = source.read(began, root, unknown);
        MonitorSample bare = new MonitorSample(
                Instant.now(),
                interval.toMillis(),
                reading.host(),
                reading.container(),
                reading.app(),
                reading.sidecar(),
                cost(began),
                List.of(),
                unknown);
        MonitorSample sample = bare.with(thresholds.judge(bare));
        last = sample;
        sampledNanos = began;
        sampledApp = root;
        meters.update(sample);
        cpuNanos += BoundedReads.cpu() - cpuBefore;
        return sample;
    }

    private MonitorCost cost(long began) {
        double cpu = (cpuNanos + reads.cpuNanos()) / 1e9;
        double ran = Math.max(1e-3, (began - startedNanos) / 1e9);
        return new MonitorCost(cpu, cpu / ran, (System.nanoTime() - began) / 1e6);
    }

    @Override
    public Subscription watch(Consumer<MonitorSample> listener) {
        return watchers.add(listener);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        watchers.close();
        reads.close();
        meters.close();
    }
}
