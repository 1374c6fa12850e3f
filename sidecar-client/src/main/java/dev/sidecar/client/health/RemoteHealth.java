package dev.sidecar.client.health;

import dev.sidecar.SidecarException;
import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.Subscription;
import dev.sidecar.client.transport.Api;
import dev.sidecar.client.transport.PolledWatch;
import dev.sidecar.client.transport.Request;
import dev.sidecar.client.transport.Response;
import dev.sidecar.client.transport.Target;
import dev.sidecar.health.CheckDefinition;
import dev.sidecar.health.CheckState;
import dev.sidecar.health.Health;
import dev.sidecar.health.HealthGroup;
import dev.sidecar.health.HealthReport;
import dev.sidecar.health.HealthStatus;
import dev.sidecar.health.Maintenance;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The checks in the sidecar. While it is away, reports are the last known ones, DEGRADED at best; commands fail.
 * Checks that were defined through this are defined again when a new sidecar does not know them.
 */
public final class RemoteHealth implements Health, AutoCloseable {

    private static final String PATH = "/v1/health";
    private static final String UNKNOWN = "unknown-check";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private record Push(HealthStatus status, @Nullable String output) {}

    private record Wish(boolean enabled, @Nullable String reason) {}

    private final Api api;
    private final LastReports lastReports;
    private final Definitions definitions = new Definitions();
    private final Set<PolledWatch<HealthReport>> watches = ConcurrentHashMap.newKeySet();

    public RemoteHealth(Api api) {
        this.api = api;
        this.lastReports = new LastReports(api.transport().availability());
        api.transport().availability().onReturn(this::restore);
    }

    @Override
    public HealthReport report() {
        return report(PATH);
    }

    @Override
    public HealthReport report(HealthGroup group) {
        return report(PATH + "/" + group.name().toLowerCase(Locale.ROOT));
    }

    private HealthReport report(String path) {
        if (api.transport().availability().hangs()) {
            return lastReports.get(path);
        }
        Request request = Request.get(path);
        try {
            // 503 is how a report says that it is not UP.
            Response response =
                    Api.accepted(request, api.transport().exchange(request), r -> r.status() == 503 && !isProblem(r));
            return lastReports.keep(path, Api.read(request, response, HealthReport.class));
        } catch (SidecarUnavailableException e) {
            return lastReports.get(path);
        }
    }

    private static boolean isProblem(Response response) {
        String type = response.header("content-type");
        return type == null || !type.startsWith("application/json");
    }

    @Override
    public Optional<CheckState> check(String name) {
        if (!CheckNames.possible(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(api.call(Request.get(target(name)), CheckState.class));
        } catch (SidecarUnavailableException e) {
            return lastReports.get(PATH).checks().stream()
                    .filter(check -> check.name().equals(name))
                    .findAny();
        } catch (SidecarException e) {
            if (e.code().equals(UNKNOWN)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public CheckState define(CheckDefinition definition) {
        if (!CheckNames.possible(definition.name())) {
            throw CheckNames.impossible(definition.name());
        }
        synchronized (definitions) {
            CheckState state = put(definition);
            definitions.add(definition);
            return state;
        }
    }

    private CheckState put(CheckDefinition definition) {
        ObjectNode body = Api.json().valueToTree(definition);
        body.remove("name");
        return api.call(Request.put(target(definition.name()), Api.bytes(body)), CheckState.class);
    }

    @Override
    public boolean remove(String name) {
        if (!CheckNames.possible(name)) {
            return false;
        }
        synchronized (definitions) {
            boolean known = api.delete(target(name), UNKNOWN);
            definitions.remove(name);
            return known;
        }
    }

    @Override
    public CheckState push(String name, HealthStatus status, @Nullable String output) {
        if (!CheckNames.possible(name)) {
            throw CheckNames.unknown(name);
        }
        Request request = Request.put(target(name) + "/status", Api.bytes(new Push(status, output)));
        try {
            return api.call(request, CheckState.class);
        } catch (SidecarException e) {
            CheckDefinition definition = definitions.get(name);
            if (!e.code().equals(UNKNOWN) || definition == null) {
                throw e;
            }
            put(definition);
            return api.call(request, CheckState.class);
        }
    }

    @Override
    public Maintenance maintenance(boolean enabled, @Nullable String reason) {
        return api.call(Request.put(PATH + "/maintenance", Api.bytes(new Wish(enabled, reason))), Maintenance.class);
    }

    @Override
    public Subscription watch(Consumer<HealthReport> listener) {
        return PolledWatch.start(
                "client-health", this::report, report -> BETWEEN_LOOKS, new Changes(listener), watches);
    }

    private void restore() {
        definitions.all().forEach(this::restore);
    }

    private void restore(CheckDefinition definition) {
        String name = definition.name();
        // Or what is being removed at this moment would be defined again.
        synchronized (definitions) {
            if (definition.equals(definitions.get(name))
                    && api.transport().exchange(Request.get(target(name))).status() == 404) {
                put(definition);
            }
        }
    }

    private static String target(String name) {
        return Target.of(PATH + "/checks").segment(name).toString();
    }

    @Override
    public void close() {
        watches.forEach(PolledWatch::close);
    }
}
