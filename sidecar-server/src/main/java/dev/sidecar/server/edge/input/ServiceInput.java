package dev.sidecar.server.edge.input;

import dev.sidecar.Subscription;
import dev.sidecar.discovery.Discovery;
import dev.sidecar.discovery.ServiceInstance;
import dev.sidecar.discovery.ServiceInstances;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The healthy instances of one service. */
final class ServiceInput {

    private static final Pattern NUMERIC = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private final Discovery discovery;
    private final String service;
    private volatile Instant confirmedAt = Instant.EPOCH;

    ServiceInput(Discovery discovery, String service) {
        this.discovery = discovery;
        this.service = service;
    }

    Subscription watch(Runnable changed) {
        return discovery.watch(service, instances -> changed.run());
    }

    ServiceRead read() {
        ServiceInstances instances = discovery.instances(service).healthy();
        String stale = null;
        if (instances.staleSince() == null) {
            confirmedAt = Instant.now();
        } else {
            stale = "the registry could not be read since " + instances.staleSince();
        }
        List<Server> servers = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (ServiceInstance instance : instances.instances()) {
            Optional<String> reason = unfit(instance);
            if (reason.isPresent()) {
                skipped.add(reason.get());
            } else {
                servers.add(new Server(
                        instance.instance(),
                        instance.address(),
                        instance.port(),
                        instance.secure(),
                        instance.metadata()));
            }
        }
        servers.sort(Comparator.comparing(Server::instance));
        Instant confirmed = confirmedAt.equals(Instant.EPOCH) ? null : confirmedAt;
        return new ServiceRead(service, servers, new InputState("discovery", service, confirmed, stale), skipped);
    }

    /** One instance that no proxy could load must not keep all others from being served. */
    private static Optional<String> unfit(ServiceInstance instance) {
        String address = instance.address();
        if (!NAME.matcher(instance.instance()).matches()) {
            return Optional.of("an instance whose name is not letters, digits, '.', '_' and '-'");
        }
        if (instance.port() < 1 || instance.port() > 65535) {
            return Optional.of(instance.instance() + ": port " + instance.port() + " is not one");
        }
        boolean numeric = NUMERIC.matcher(address).matches();
        if (!numeric && !HOST.matcher(address).matches()) {
            return Optional.of(instance.instance() + ": its address is neither an IP address nor a host name");
        }
        try {
            // An address of digits that is none is found out here too; nothing is asked of the network for it.
            return InetAddress.getByName(address) == null ? Optional.of(address) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of(instance.instance() + ": its address " + address + " does not resolve");
        }
    }
}
