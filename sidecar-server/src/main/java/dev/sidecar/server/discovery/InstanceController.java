package dev.sidecar.server.discovery;

import dev.sidecar.Sidecar;
import dev.sidecar.SidecarException;
import dev.sidecar.discovery.Discovery;
import dev.sidecar.discovery.Registration;
import dev.sidecar.discovery.ServiceInstance;
import dev.sidecar.json.DurationText;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Leases: begun and renewed by PUT, ended by DELETE. They belong to this sidecar and end with it. */
@RestController
@RequestMapping("/v1/services/{service}/instances/{instance}")
public final class InstanceController {

    private final Discovery discovery;
    private final Duration ttl;

    InstanceController(Sidecar sidecar, @Value("${sidecar.discovery.ttl:15s}") String ttl) {
        this.discovery = sidecar.discovery();
        this.ttl = DurationText.parse(ttl);
    }

    @PutMapping
    ResponseEntity<ServiceInstance> put(
            @PathVariable String service, @PathVariable String instance, @RequestBody RegistrationBody body) {
        Registration registration = body.toRegistration(service, instance, ttl);
        ServiceInstance registered = discovery.register(registration);
        boolean renewed = registered.renewedAt().isAfter(registered.registeredAt());
        return ResponseEntity.status(renewed ? HttpStatus.OK : HttpStatus.CREATED)
                .body(registered);
    }

    @DeleteMapping
    ResponseEntity<Void> delete(@PathVariable String service, @PathVariable String instance) {
        if (!discovery.deregister(service, instance)) {
            throw SidecarException.notFound(
                    "unknown-instance",
                    "instance: '" + instance + "' is not registered for '" + service + "'; GET /v1/services/" + service
                            + " lists those that are");
        }
        return ResponseEntity.noContent().build();
    }
}
