package dev.sidecar.health;

import static org.awaitility.Awaitility.await;

import dev.sidecar.Identity;
import dev.sidecar.LocalContext;
import dev.sidecar.runtime.SidecarHome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** A LocalHealth with a home and a meter registry of its own, and words to wait for it. */
final class TestHealth implements AutoCloseable {

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final LocalHealth health;

    TestHealth(Path home, CheckDefinition... checks) {
        this(home, "orders-1", checks);
    }

    TestHealth(Path home, String instance, CheckDefinition... checks) {
        LocalContext context =
                new LocalContext(new Identity("orders", instance, "localhost"), new SidecarHome(home), meters);
        health = LocalHealth.start(context, new HealthOptions(List.of(checks)));
    }

    CheckState define(CheckBuilder check) {
        return health.define(check.build());
    }

    CheckState state(String check) {
        return health.check(check).orElseThrow();
    }

    CheckState awaitStatus(String check, HealthStatus status) {
        return awaitState(check, state -> state.status() == status);
    }

    CheckState awaitState(String check, Predicate<CheckState> wanted) {
        return await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> state(check), wanted);
    }

    @Override
    public void close() {
        health.close();
    }
}
