package dev.sidecar.server.problem;

import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import dev.sidecar.logging.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Only here: every way in which a controller can be asked for something it cannot do. */
@RestController
class EchoController {

    record Part(String name, int size) {}

    record Body(
            String name,
            Integer port,
            Boolean secure,
            Duration ttl,
            Instant at,
            Severity severity,
            Map<String, String> metadata,
            List<Part> parts) {

        Body {
            if (port != null && port > 65535) {
                throw SidecarException.invalid("invalid-port", "port: '" + port + "' is not allowed");
            }
        }
    }

    @PutMapping(path = "/v1/echo", consumes = "application/json", produces = "application/json")
    Body echo(@RequestBody Body body) {
        return body;
    }

    @GetMapping(path = "/v1/echo", produces = "application/json")
    Map<String, Object> query(
            @RequestParam int limit,
            @RequestParam(defaultValue = "INFO") Severity severity,
            @RequestParam(defaultValue = "1s") Duration wait,
            @RequestParam(defaultValue = "2026-01-31T12:00:00Z") Instant since) {
        return Map.of("limit", limit, "severity", severity, "wait", wait, "since", since);
    }

    @GetMapping("/v1/busy")
    void busy() {
        throw new SidecarException(new Problem(
                429, "too-many", "Too many", "sidecar.some.limit is reached", List.of(Map.of("line", 2)), 7L));
    }

    @GetMapping("/v1/broken")
    void broken() {
        throw new IllegalStateException("password=hunter2");
    }
}
