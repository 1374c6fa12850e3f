package dev.sidecar.health;

import dev.sidecar.LocalContext;
import dev.sidecar.Subscription;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the checks in this process. */
public final class LocalHealth implements Health, AutoCloseable {
    private LocalHealth() {}

    public static LocalHealth start(LocalContext context, HealthOptions options) {
        return new LocalHealth();
    }

    @Override
    public HealthReport report() {
        throw new UnsupportedOperationException();
    }

    @Override
    public HealthReport report(HealthGroup group) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<CheckState> check(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CheckState define(CheckDefinition definition) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean remove(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CheckState push(String name, HealthStatus status, @Nullable String output) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Maintenance maintenance(boolean enabled, @Nullable String reason) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Subscription watch(Consumer<HealthReport> listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
