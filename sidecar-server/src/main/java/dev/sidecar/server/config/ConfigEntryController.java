package dev.sidecar.server.config;

import dev.sidecar.Sidecar;
import dev.sidecar.SidecarException;
import dev.sidecar.config.Config;
import dev.sidecar.config.ConfigEntry;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** One value. Its version in the store is its entity tag. */
@RestController
@RequestMapping("/v1/config/{key}")
final class ConfigEntryController {

    private final Config config;

    ConfigEntryController(Sidecar sidecar) {
        this.config = sidecar.config();
    }

    @GetMapping
    ResponseEntity<?> get(@PathVariable String key, HttpServletRequest request) {
        ConfigEntry entry = config.get(key).orElseThrow(() -> unknown(key, "has no value"));
        String tag = Conditions.tag(entry.version());
        if (tag != null && tag.equals(request.getHeader("If-None-Match"))) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(tag).build();
        }
        String accept = request.getHeader("Accept");
        return accept != null && accept.startsWith(MediaType.TEXT_PLAIN_VALUE)
                ? answer(HttpStatus.OK, entry)
                        .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                        .body(
                                entry.value().isString()
                                        ? entry.value().asString()
                                        : entry.value().toString())
                : answer(HttpStatus.OK, entry).body(entry);
    }

    @PutMapping
    ResponseEntity<ConfigEntry> put(@PathVariable String key, HttpServletRequest request) throws IOException {
        ConfigEntry written = config.put(key, ValueBody.read(request), Conditions.of(request));
        Long version = written.version();
        return answer(version != null && version == 1 ? HttpStatus.CREATED : HttpStatus.OK, written)
                .body(written);
    }

    @DeleteMapping
    ResponseEntity<Void> delete(@PathVariable String key, HttpServletRequest request) {
        if (!config.delete(key, Conditions.of(request))) {
            throw unknown(key, "has no value in the store");
        }
        return ResponseEntity.noContent().build();
    }

    static ResponseEntity.BodyBuilder answer(HttpStatus status, ConfigEntry entry) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
        String tag = Conditions.tag(entry.version());
        return tag == null ? answer : answer.eTag(tag);
    }

    private static SidecarException unknown(String key, @Nullable String what) {
        return SidecarException.notFound(
                "unknown-key", "key: '" + key + "' " + what + "; GET /v1/config lists those that have one");
    }
}
