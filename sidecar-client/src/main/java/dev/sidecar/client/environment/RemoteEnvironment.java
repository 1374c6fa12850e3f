package dev.sidecar.client.environment;

import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.client.transport.Api;
import dev.sidecar.client.transport.Request;
import dev.sidecar.environment.Environment;
import dev.sidecar.environment.EnvironmentFacts;
import org.jspecify.annotations.Nullable;

/** Facts found out by the sidecar; its last ones while it is away. Thread-safe. */
public final class RemoteEnvironment implements Environment {

    private final Api api;
    private volatile @Nullable EnvironmentFacts last;

    public RemoteEnvironment(Api api) {
        this.api = api;
    }

    @Override
    public EnvironmentFacts facts() {
        EnvironmentFacts before = last;
        if (before != null && api.transport().availability().hangs()) {
            return before;
        }
        try {
            EnvironmentFacts facts = api.call(Request.get("/v1/environment"), EnvironmentFacts.class);
            last = facts;
            return facts;
        } catch (SidecarUnavailableException e) {
            if (before == null) {
                throw e;
            }
            return before;
        }
    }
}
