package dev.sidecar.server.config;

import dev.sidecar.Sidecar;
import dev.sidecar.SidecarException;
import dev.sidecar.config.Config;
import dev.sidecar.config.ConfigEntry;
import dev.sidecar.config.ConfigVersion;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The versions of a key, and the way back to one. */
@RestController
final class ConfigHistoryController {

    private final Config config;

    ConfigHistoryController(Sidecar sidecar) {
        this.config = sidecar.config();
    }

    /** The answer that lists versions, newest first. */
    record History(String key, List<ConfigVersion> versions, @Nullable String cursor) {}

    /** Which version to go back to. */
    record Rollback(@Nullable Long version) {}

    @GetMapping("/v1/config/{key}/history")
    History history(
            @PathVariable String key,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable Long cursor) {
        if (limit != null && limit < 1) {
            throw SidecarException.invalid(
                    "invalid-parameter", "limit: '" + limit + "' is not allowed; give 1 or more");
        }
        List<ConfigVersion> rest = config.history(key).versions().stream()
                .filter(version -> cursor == null || version.version() < cursor)
                .toList();
        return limit == null || rest.size() <= limit
                ? new History(key, rest, null)
                : new History(
                        key,
                        rest.subList(0, limit),
                        Long.toString(rest.get(limit - 1).version()));
    }

    @PostMapping("/v1/config/{key}/rollback")
    ResponseEntity<ConfigEntry> rollback(
            @PathVariable String key, @RequestBody Rollback body, HttpServletRequest request) {
        if (body.version() == null) {
            throw SidecarException.invalid(
                    "missing-field", "version: is missing; give the version to make current again, such as 3");
        }
        ConfigEntry written = config.rollback(key, body.version(), Conditions.of(request));
        return ConfigEntryController.answer(HttpStatus.OK, written).body(written);
    }
}
