package dev.sidecar.server.config;

import dev.sidecar.Sidecar;
import dev.sidecar.SidecarException;
import dev.sidecar.config.Config;
import dev.sidecar.config.ConfigChange;
import dev.sidecar.config.ConfigEntries;
import dev.sidecar.config.ConfigEntry;
import dev.sidecar.config.ConfigKeys;
import dev.sidecar.server.api.EventStreams;
import dev.sidecar.server.api.Page;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** All effective values, now or as they change. */
@RestController
final class ConfigController {

    private final Config config;
    private final EventStreams streams;

    ConfigController(Sidecar sidecar, EventStreams streams) {
        this.config = sidecar.config();
        this.streams = streams;
    }

    /** The answer that lists values. */
    record Entries(long index, List<ConfigEntry> entries, @Nullable Instant staleSince, @Nullable String cursor) {}

    @GetMapping("/v1/config")
    Object list(
            @RequestParam(defaultValue = "") String prefix,
            @RequestParam(required = false) @Nullable String watch,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @RequestParam(required = false) @Nullable String index,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        if (watch != null && isTrue(watch)) {
            return lastEventId == null || lastEventId.isEmpty()
                    ? watch(prefix, "index", index)
                    : watch(prefix, "Last-Event-ID", lastEventId);
        }
        ConfigEntries all = config.entries(prefix);
        Page<ConfigEntry> page = Page.of(all.entries(), ConfigEntry::key, limit, cursor);
        return new Entries(all.index(), page.items(), all.staleSince(), page.cursor());
    }

    private static boolean isTrue(String watch) {
        return switch (watch) {
            case "", "true" -> true;
            case "false" -> false;
            default ->
                throw SidecarException.invalid(
                        "invalid-parameter", "watch: '" + watch + "' is not allowed; give true or false");
        };
    }

    /** The first event has an id only: who loses the stream before there is a change goes on after it. */
    private SseEmitter watch(String prefix, String name, @Nullable String given) {
        ConfigKeys.checkPrefix(prefix);
        long after = given == null ? config.index() : index(name, given);
        return streams.open(
                SseEmitter.event().id(Long.toString(after)).comment("watching"),
                to -> config.watch(prefix, after, change -> to.send(event(change))));
    }

    private static SseEmitter.SseEventBuilder event(ConfigChange change) {
        return SseEmitter.event().id(Long.toString(change.index())).data(change);
    }

    private static long index(String name, String text) {
        if (!text.matches("\\d{1,18}")) {
            throw SidecarException.invalid(
                    "invalid-parameter", name + ": '" + text + "' is not allowed; give the index of a change, or 0");
        }
        return Long.parseLong(text);
    }
}
