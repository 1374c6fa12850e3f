package dev.sidecar.logging;

import dev.sidecar.Identity;
import dev.sidecar.LocalContext;
import dev.sidecar.logging.LoggingOptions.Console;
import dev.sidecar.logging.LoggingOptions.ConsoleFormat;
import dev.sidecar.logging.LoggingOptions.Queue;
import dev.sidecar.logging.LoggingOptions.Redaction;
import dev.sidecar.logging.LoggingOptions.RollingFile;
import dev.sidecar.logging.LoggingOptions.WhenFull;
import dev.sidecar.runtime.SidecarHome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What tests of this package start from. */
final class LogFixture {

    static final Redaction DEFAULT_REDACTION = new Redaction(List.of(), List.of());

    private LogFixture() {}

    static LocalContext context(SimpleMeterRegistry meters) {
        return new LocalContext(new Identity("orders", "orders-1", "box"), new SidecarHome(Path.of("unused")), meters);
    }

    static LoggingOptions options(RollingFile file) {
        return new LoggingOptions(
                new Console(false, ConsoleFormat.ECS),
                file,
                DEFAULT_REDACTION,
                new Queue(1000, WhenFull.BLOCK),
                0,
                1000);
    }

    static LogRecord record(String body) {
        return LogRecord.builder().body(body).source("app").build();
    }

    static LogRecord record(Map<String, Object> attributes) {
        return LogRecord.builder().body("x").attributes(attributes).build();
    }
}
