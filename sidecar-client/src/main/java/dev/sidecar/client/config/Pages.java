package dev.sidecar.client.config;

import dev.sidecar.client.transport.Api;
import dev.sidecar.client.transport.Request;
import dev.sidecar.client.transport.Target;
import dev.sidecar.config.ConfigEntries;
import dev.sidecar.config.ConfigEntry;
import dev.sidecar.config.ConfigHistory;
import dev.sidecar.config.ConfigVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists whose pages are put together: as long as there is a {@code cursor}, there is another page. */
final class Pages {

    private record Entries(
            long index, List<ConfigEntry> entries, @Nullable Instant staleSince, @Nullable String cursor) {}

    private record Versions(List<ConfigVersion> versions, @Nullable String cursor) {}

    private Pages() {}

    /** The index is that of the first page: what changed while the others were read is then a change to come. */
    static ConfigEntries entries(Api api, String prefix) {
        Target first = Target.of(RemoteConfig.PATH).with("prefix", prefix.isEmpty() ? null : prefix);
        Entries page = api.call(Request.get(first.toString()), Entries.class, ExactJson.MAPPER);
        List<ConfigEntry> entries = new ArrayList<>(page.entries());
        for (Entries next = page; next.cursor() != null; ) {
            Target target = Target.of(RemoteConfig.PATH)
                    .with("prefix", prefix.isEmpty() ? null : prefix)
                    .with("cursor", next.cursor());
            next = api.call(Request.get(target.toString()), Entries.class, ExactJson.MAPPER);
            entries.addAll(next.entries());
        }
        return new ConfigEntries(page.index(), entries, page.staleSince());
    }

    static ConfigHistory history(Api api, String key) {
        List<ConfigVersion> versions = new ArrayList<>();
        String cursor = null;
        do {
            Target target =
                    Target.of(RemoteConfig.PATH).segment(key).segment("history").with("cursor", cursor);
            Versions page = api.call(Request.get(target.toString()), Versions.class, ExactJson.MAPPER);
            versions.addAll(page.versions());
            cursor = page.cursor();
        } while (cursor != null);
        return new ConfigHistory(key, versions);
    }
}
