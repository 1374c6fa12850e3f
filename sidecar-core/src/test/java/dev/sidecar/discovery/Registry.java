package dev.sidecar.discovery;

import dev.sidecar.Identity;
import dev.sidecar.LocalContext;
import dev.sidecar.runtime.SidecarHome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What tests of the registry have in common. */
final class Registry {

    static final Duration TTL = Duration.ofSeconds(30);

    private Registry() {}

    static LocalContext context(Path home) {
        return new LocalContext(
                new Identity("test", "test-1", "localhost"), new SidecarHome(home), new SimpleMeterRegistry());
    }

    static LocalDiscovery open(Path home) {
        return LocalDiscovery.start(context(home), DiscoveryOptions.defaults());
    }

    static Registration registration(String service, String instance) {
        return new Registration(service, instance, "127.0.0.1", 80, false, Map.of(), TTL, true);
    }

    static List<String> names(ServiceInstances list) {
        return list.instances().stream().map(ServiceInstance::instance).toList();
    }
}
