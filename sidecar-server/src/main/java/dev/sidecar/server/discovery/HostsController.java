package dev.sidecar.server.discovery;

import dev.sidecar.Sidecar;
import dev.sidecar.discovery.Discovery;
import dev.sidecar.discovery.ServiceInstance;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Instances as Spring Cloud Netflix Sidecar gave them, for those who migrate: an array, only of those that take
 * traffic.
 */
@RestController
public final class HostsController {

    private final Discovery discovery;

    HostsController(Sidecar sidecar) {
        this.discovery = sidecar.discovery();
    }

    record Host(
            String serviceId,
            String instanceId,
            String host,
            int port,
            boolean secure,
            String uri,
            Map<String, String> metadata) {

        static Host of(ServiceInstance i) {
            String host = i.address().contains(":") ? "[" + i.address() + "]" : i.address();
            String uri = (i.secure() ? "https://" : "http://") + host + ":" + i.port();
            return new Host(i.service(), i.instance(), i.address(), i.port(), i.secure(), uri, i.metadata());
        }
    }

    @GetMapping("/hosts/{service}")
    List<Host> hosts(@PathVariable String service) {
        return discovery.instances(service).healthy().instances().stream()
                .map(Host::of)
                .toList();
    }
}
