package dev.sidecar.server.discovery;

import dev.sidecar.Sidecar;
import dev.sidecar.discovery.Discovery;
import dev.sidecar.discovery.ServiceInstance;
import dev.sidecar.discovery.ServiceInstances;
import dev.sidecar.discovery.ServiceList;
import dev.sidecar.server.api.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** Who is there: names of services, and the instances of one, now or as soon as they change. */
@RestController
public final class ServicesController {

    static final String INDEX_HEADER = "X-Sidecar-Index";

    private final Discovery discovery;

    ServicesController(Sidecar sidecar) {
        this.discovery = sidecar.discovery();
    }

    /** The answer that lists names. */
    record Names(List<String> services, @Nullable Instant staleSince, @Nullable String cursor) {}

    /** The answer that lists instances. */
    record Instances(
            String service,
            long index,
            List<ServiceInstance> instances,
            @Nullable Instant staleSince,
            @Nullable String cursor) {}

    @GetMapping("/v1/services")
    Names services(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        ServiceList list = discovery.services();
        Page<String> page = Page.of(list.services(), Function.identity(), limit, cursor);
        return new Names(page.items(), list.staleSince(), page.cursor());
    }

    /** With {@code index} and {@code wait} the answer comes when the list differs from the one that had the index. */
    @GetMapping("/v1/services/{service}")
    Object instances(
            @PathVariable String service,
            @RequestParam(defaultValue = "false") boolean healthy,
            @RequestParam(required = false) @Nullable Long index,
            @RequestParam(required = false) @Nullable Duration wait,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        if (index == null || wait == null) {
            return answer(discovery.instances(service), healthy, limit, cursor);
        }
        DeferredResult<ResponseEntity<Instances>> result = new DeferredResult<>();
        CompletableFuture<ServiceInstances> change = discovery.changed(service, index, wait);
        // A caller that went away is not waited for.
        result.onCompletion(() -> change.cancel(false));
        change.thenApply(list -> answer(list, healthy, limit, cursor)).whenComplete((answer, failure) -> {
            if (failure != null) {
                result.setErrorResult(failure);
            } else {
                result.setResult(answer);
            }
        });
        return result;
    }

    private static ResponseEntity<Instances> answer(
            ServiceInstances list, boolean healthy, @Nullable Integer limit, @Nullable String cursor) {
        List<ServiceInstance> wanted = healthy ? list.healthy().instances() : list.instances();
        Page<ServiceInstance> page = Page.of(wanted, ServiceInstance::instance, limit, cursor);
        return ResponseEntity.ok()
                .header(INDEX_HEADER, Long.toString(list.index()))
                .body(new Instances(list.service(), list.index(), page.items(), list.staleSince(), page.cursor()));
    }
}
