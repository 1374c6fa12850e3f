package dev.sidecar.tck;

import dev.sidecar.Identity;
import dev.sidecar.LocalContext;
import dev.sidecar.LocalSidecar;
import dev.sidecar.SidecarOptions;
import dev.sidecar.config.ConfigOptions;
import dev.sidecar.discovery.DiscoveryOptions;
import dev.sidecar.environment.EnvironmentOptions;
import dev.sidecar.health.HealthOptions;
import dev.sidecar.logging.LoggingOptions;
import dev.sidecar.monitor.MonitorOptions;
import dev.sidecar.monitor.Threshold;
import dev.sidecar.resilience.ResilienceOptions;
import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.watchdog.WatchdogOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How every subject is set up, as options of the library and as properties of the process. */
public final class Setup {

    public static final String NAME = "tck";
    public static final String INSTANCE = "tck-1";

    /** Hidden in addition to the defaults. */
    public static final String REDACTED_KEY = "pin";

    /** Hidden in any text in addition to the defaults. */
    public static final String REDACTED_PATTERN = "card-\\d{4}";

    /** In the home of the subject. */
    public static final String LOG_FILE = "tck.log";

    /** The variables that the application of every subject is started with. */
    public static final Map<String, String> VARIABLES = Map.of(
            "TCK_PLAIN", "open",
            "TCK_PASSWORD", "sesame",
            "TCK_URL", "http://ali:sesame@db.example:5432/orders");

    /** Between samples of the monitor. */
    public static final Duration MONITOR_INTERVAL = Duration.ofSeconds(1);

    /** The name of one that is always crossed. */
    public static final String THRESHOLD = "any-memory";

    private static final long FILE_SIZE = 64L << 20;

    private Setup() {}

    /** A library in this process, that keeps its log file in its home. */
    public static LocalSidecar library(Path home) {
        return start(NAME, INSTANCE, home, home.resolve(LOG_FILE));
    }

    /** Another application on the same host, that writes no file. */
    public static LocalSidecar neighbour(SidecarHome home) {
        return start("neighbour", "neighbour-1", home.path(), null);
    }

    private static LocalSidecar start(String name, String instance, Path home, @Nullable Path logFile) {
        return LocalSidecar.start(
                new LocalContext(
                        new Identity(name, instance, "localhost"), new SidecarHome(home), new SimpleMeterRegistry()),
                options(logFile));
    }

    private static SidecarOptions options(@Nullable Path logFile) {
        LoggingOptions defaults = LoggingOptions.defaults();
        return new SidecarOptions(
                new LoggingOptions(
                        new LoggingOptions.Console(false, LoggingOptions.ConsoleFormat.ECS),
                        logFile == null ? null : new LoggingOptions.RollingFile(logFile, FILE_SIZE, 2),
                        new LoggingOptions.Redaction(List.of(REDACTED_KEY), List.of(REDACTED_PATTERN)),
                        defaults.queue(),
                        defaults.rateLimit(),
                        defaults.recent()),
                DiscoveryOptions.defaults(),
                HealthOptions.defaults(),
                WatchdogOptions.defaults(),
                ConfigOptions.defaults(),
                ResilienceOptions.DEFAULT,
                EnvironmentOptions.defaults(),
                new MonitorOptions(
                        true, MONITOR_INTERVAL, List.of(Threshold.of(THRESHOLD, "app.rssBytes", "1KB", null, null))));
    }

    /** The same for a process with this home. */
    public static Map<String, String> properties(Path home) {
        return Map.of(
                "sidecar.monitor.interval",
                MONITOR_INTERVAL.toSeconds() + "s",
                "sidecar.monitor.thresholds." + THRESHOLD + ".metric",
                "app.rssBytes",
                "sidecar.monitor.thresholds." + THRESHOLD + ".above",
                "1KB",
                "sidecar.app.name",
                NAME,
                "sidecar.app.instance",
                INSTANCE,
                "sidecar.logging.console.enabled",
                "false",
                "sidecar.logging.file.path",
                home.resolve(LOG_FILE).toString(),
                "sidecar.logging.redact.keys",
                REDACTED_KEY,
                "sidecar.logging.redact.patterns",
                REDACTED_PATTERN);
    }

    /** Whether what only Linux tells is to be expected. */
    public static boolean onLinux() {
        return System.getProperty("os.name", "").equals("Linux");
    }
}
