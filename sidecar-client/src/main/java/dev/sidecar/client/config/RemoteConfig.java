package dev.sidecar.client.config;

import dev.sidecar.SidecarException;
import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.Subscription;
import dev.sidecar.client.transport.Api;
import dev.sidecar.client.transport.Request;
import dev.sidecar.client.transport.Target;
import dev.sidecar.config.Config;
import dev.sidecar.config.ConfigChange;
import dev.sidecar.config.ConfigCondition;
import dev.sidecar.config.ConfigEntries;
import dev.sidecar.config.ConfigEntry;
import dev.sidecar.config.ConfigHistory;
import dev.sidecar.config.ConfigKeys;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Configuration, asked through the sidecar. While that is away, reads answer with the last known values and
 * {@code staleSince}. Writes need the sidecar, and are sent once: an answer that is lost leaves it open whether they
 * were done.
 */
public final class RemoteConfig implements Config, AutoCloseable {

    static final String PATH = "/v1/config";
    private static final String UNKNOWN = "unknown-key";

    private record Rollback(long version) {}

    private final Api api;
    private final LastKnown lastKnown;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

    public RemoteConfig(Api api) {
        this.api = api;
        this.lastKnown = new LastKnown(api.transport().availability());
    }

    @Override
    public ConfigEntries entries(String prefix) {
        String within = ConfigKeys.checkPrefix(prefix);
        if (api.transport().availability().hangs()) {
            return lastKnown.entries(within);
        }
        try {
            return lastKnown.keep(within, Pages.entries(api, within));
        } catch (SidecarUnavailableException e) {
            return lastKnown.entries(within);
        }
    }

    @Override
    public Optional<ConfigEntry> get(String key) {
        String target = target(key);
        if (api.transport().availability().hangs()) {
            return lastKnown.get(key);
        }
        try {
            return Optional.of(lastKnown.keep(api.call(Request.get(target), ConfigEntry.class, ExactJson.MAPPER)));
        } catch (SidecarUnavailableException e) {
            return lastKnown.get(key);
        } catch (SidecarException e) {
            if (e.code().equals(UNKNOWN)) {
                lastKnown.forget(key);
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public ConfigEntry put(String key, JsonNode value, ConfigCondition condition) {
        Request request = Request.put(target(key), Api.bytes(value))
                .with(headers(condition))
                .once();
        return lastKnown.keep(api.call(request, ConfigEntry.class, ExactJson.MAPPER));
    }

    @Override
    public boolean delete(String key, ConfigCondition condition) {
        boolean known =
                api.delete(Request.delete(target(key)).with(headers(condition)).once(), UNKNOWN);
        lastKnown.forget(key);
        return known;
    }

    @Override
    public long index() {
        Request request = Request.get(Target.of(PATH).with("limit", 1).toString());
        return Api.tree(request, api.call(request)).path("index").asLong();
    }

    @Override
    public ConfigHistory history(String key) {
        return Pages.history(api, ConfigKeys.check(key));
    }

    @Override
    public ConfigEntry rollback(String key, long version, ConfigCondition condition) {
        Request request = Request.post(target(key) + "/rollback", Api.bytes(new Rollback(version)))
                .with(headers(condition));
        return lastKnown.keep(api.call(request, ConfigEntry.class, ExactJson.MAPPER));
    }

    private static String target(String key) {
        return Target.of(PATH).segment(ConfigKeys.check(key)).toString();
    }

    private static Map<String, String> headers(ConfigCondition condition) {
        if (condition instanceof ConfigCondition.Version wanted) {
            return Map.of("If-Match", "\"" + wanted.version() + "\"");
        }
        if (condition instanceof ConfigCondition.Present) {
            return Map.of("If-Match", "*");
        }
        return condition instanceof ConfigCondition.Absent ? Map.of("If-None-Match", "*") : Map.of();
    }

    /** A stream that breaks is opened again after the last change that came. */
    @Override
    public Subscription watch(String prefix, long after, Consumer<ConfigChange> listener) {
        Watch watch = new Watch(api.transport(), ConfigKeys.checkPrefix(prefix), after, listener, watches::remove);
        watch.start();
        watches.add(watch);
        return watch;
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }
}
