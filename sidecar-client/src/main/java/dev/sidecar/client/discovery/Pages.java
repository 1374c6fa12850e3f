package dev.sidecar.client.discovery;

import dev.sidecar.client.transport.Api;
import dev.sidecar.client.transport.Request;
import dev.sidecar.client.transport.Response;
import dev.sidecar.client.transport.Target;
import dev.sidecar.discovery.ServiceInstance;
import dev.sidecar.discovery.ServiceInstances;
import dev.sidecar.discovery.ServiceList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists whose pages are put together: as long as there is a {@code cursor}, there is another page. */
final class Pages {

    private static final int MAX_PAGES = 10_000;

    private record Names(List<String> services, @Nullable Instant staleSince, @Nullable String cursor) {}

    private record Instances(
            String service,
            long index,
            List<ServiceInstance> instances,
            @Nullable Instant staleSince,
            @Nullable String cursor) {}

    private Pages() {}

    static ServiceList services(Api api) {
        List<String> names = new ArrayList<>();
        Instant staleSince = null;
        String cursor = null;
        for (int page = 0; page < MAX_PAGES; page++) {
            Target target = Target.of(RemoteDiscovery.PATH).with("cursor", cursor);
            Names next = api.call(Request.get(target.toString()), Names.class);
            names.addAll(next.services());
            staleSince = staleSince == null ? next.staleSince() : staleSince;
            cursor = next.cursor();
            if (cursor == null) {
                break;
            }
        }
        return new ServiceList(names, staleSince);
    }

    /** The index is that of the first page: what changed while the others were read is then a change to come. */
    static ServiceInstances instances(
            Function<Request, Response> exchange, String service, @Nullable Long index, Duration wait) {
        Target first = Target.of(RemoteDiscovery.PATH).segment(service).with("index", index);
        if (index != null) {
            first.with("wait", wait.toMillis() + "ms");
        }
        Instances page = read(exchange, Request.get(first.toString()).waiting(wait));
        List<ServiceInstance> instances = new ArrayList<>(page.instances());
        Instances next = page;
        for (int i = 0; i < MAX_PAGES && next.cursor() != null; i++) {
            Target target = Target.of(RemoteDiscovery.PATH).segment(service).with("cursor", next.cursor());
            next = read(exchange, Request.get(target.toString()));
            instances.addAll(next.instances());
        }
        return new ServiceInstances(service, page.index(), instances, page.staleSince());
    }

    private static Instances read(Function<Request, Response> exchange, Request request) {
        return Api.read(request, Api.accepted(request, exchange.apply(request)), Instances.class);
    }
}
