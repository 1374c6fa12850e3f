package dev.sidecar.autoconfigure.discovery;

import dev.sidecar.autoconfigure.InvalidProperty;
import dev.sidecar.discovery.KeptRegistration;
import dev.sidecar.discovery.Registrar;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;

/**
 * Registrations that are kept: renewed, mended, withdrawn while the application is not ready. An instance that is set
 * to another status than {@code UP} stays listed and takes no traffic. Thread-safe.
 */
final class SidecarServiceRegistry implements ServiceRegistry<SidecarRegistration> {

    private static final String UP = "UP";

    private record Kept(KeptRegistration registration, String status) {}

    private final Registrar registrar;
    private final Map<SidecarRegistration, Kept> kept = new HashMap<>();

    SidecarServiceRegistry(Registrar registrar) {
        this.registrar = registrar;
    }

    @Override
    public synchronized void register(@Nullable SidecarRegistration registration) {
        if (registration != null) {
            deregister(registration);
            kept.put(registration, new Kept(registrar.keep(registration.toRegistration()), UP));
        }
    }

    @Override
    public synchronized void deregister(@Nullable SidecarRegistration registration) {
        Kept before = registration == null ? null : kept.remove(registration);
        if (before != null) {
            before.registration().close();
        }
    }

    @Override
    public synchronized void setStatus(SidecarRegistration registration, String status) {
        String wanted = status.toUpperCase(Locale.ROOT);
        if (!wanted.equals(UP) && !wanted.equals("OUT_OF_SERVICE") && !wanted.equals("DOWN")) {
            throw InvalidProperty.of("status", status, "UP, OUT_OF_SERVICE or DOWN");
        }
        Kept now = kept.get(registration);
        if (now != null) {
            now.registration().update(is -> is.withHealthy(wanted.equals(UP)));
            kept.put(registration, new Kept(now.registration(), wanted));
        }
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public synchronized <T> T getStatus(SidecarRegistration registration) {
        Kept now = kept.get(registration);
        return (T) (now == null ? "UNKNOWN" : now.status());
    }

    @Override
    public synchronized void close() {
        kept.values().forEach(one -> one.registration().close());
        kept.clear();
    }
}
