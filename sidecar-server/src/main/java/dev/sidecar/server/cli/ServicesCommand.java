package dev.sidecar.server.cli;

import dev.sidecar.Sidecar;
import dev.sidecar.discovery.ServiceInstance;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sidecar services}. */
@Command(
        name = "services",
        description = "List the instances of all services, or of one.",
        mixinStandardHelpOptions = true)
final class ServicesCommand implements Callable<Integer> {

    @Mixin
    private Client client = new Client();

    @Parameters(arity = "0..1", paramLabel = "SERVICE", description = "only this one")
    private @Nullable String service;

    @Override
    public Integer call() {
        return client.ask(this::show);
    }

    private int show(Sidecar sidecar) {
        if (client.json()) {
            client.printJson(
                    service == null
                            ? sidecar.discovery().services()
                            : sidecar.discovery().instances(service));
            return 0;
        }
        List<String> names = service == null ? sidecar.discovery().services().services() : List.of(service);
        for (String name : names) {
            for (ServiceInstance instance : sidecar.discovery().instances(name).instances()) {
                client.out().println(line(instance));
            }
        }
        return 0;
    }

    private static String line(ServiceInstance instance) {
        return "%-20s %-28s %s:%d%s"
                .formatted(
                        instance.service(),
                        instance.instance(),
                        instance.address(),
                        instance.port(),
                        instance.healthy() ? "" : "  unhealthy");
    }
}
