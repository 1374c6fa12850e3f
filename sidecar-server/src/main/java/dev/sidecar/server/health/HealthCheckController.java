package dev.sidecar.server.health;

import dev.sidecar.Sidecar;
import dev.sidecar.SidecarException;
import dev.sidecar.health.CheckDefinition;
import dev.sidecar.health.CheckState;
import dev.sidecar.health.Health;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Checks: defined, looked at, told and removed. */
@RestController
public final class HealthCheckController {

    private final Health health;

    HealthCheckController(Sidecar sidecar) {
        this.health = sidecar.health();
    }

    @GetMapping("/v1/health/checks/{check}")
    CheckState get(@PathVariable String check) {
        return health.check(check).orElseThrow(() -> unknown(check));
    }

    /** The path says the name; in the body it may be left out. */
    @PutMapping("/v1/health/checks/{check}")
    ResponseEntity<CheckState> put(@PathVariable String check, @RequestBody CheckDefinition body) {
        if (!check.equals(Objects.requireNonNullElse(body.name(), check))) {
            throw SidecarException.invalid(
                    "invalid-check",
                    "name: '" + body.name() + "' is not '" + check + "' as in the path; leave it out of the body");
        }
        boolean known = health.check(check).isPresent();
        CheckState state = health.define(body.named(check));
        return ResponseEntity.status(known ? HttpStatus.OK : HttpStatus.CREATED).body(state);
    }

    @DeleteMapping("/v1/health/checks/{check}")
    ResponseEntity<Void> delete(@PathVariable String check) {
        if (!health.remove(check)) {
            throw unknown(check);
        }
        return ResponseEntity.noContent().build();
    }

    @PutMapping("/v1/health/checks/{check}/status")
    CheckState push(@PathVariable String check, @RequestBody PushedStatus body) {
        return health.push(check, body.word(), body.output());
    }

    private static SidecarException unknown(String check) {
        return SidecarException.notFound(
                "unknown-check", "check: there is no check '" + check + "'; GET /v1/health lists those there are");
    }
}
