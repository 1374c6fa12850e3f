package dev.sidecar.server.ambassador;

import dev.sidecar.SidecarException;
import dev.sidecar.resilience.LocalResilience;
import dev.sidecar.server.proxy.Answer;
import dev.sidecar.server.proxy.Decision;
import dev.sidecar.server.proxy.Router;
import dev.sidecar.server.proxy.http1.AmbiguousPath;
import dev.sidecar.server.proxy.http1.Origin;
import dev.sidecar.server.proxy.http1.RequestEdit;
import dev.sidecar.server.proxy.http1.RequestHead;

/** {@code /v1/invoke/{service}/**}: by the route to that service where there is one, else by the service's own policy. */
final class InvokeRouter implements Router {

    static final String PREFIX = "/v1/invoke/";

    private final RouteTable table;
    private final LocalResilience resilience;
    private final Tls tls = new Tls();
    private final RequestEdit plain = RequestEdit.NONE.targetsHost();

    InvokeRouter(RouteTable table, LocalResilience resilience) {
        this.table = table;
        this.resilience = resilience;
    }

    @Override
    public Decision decide(RequestHead request, Origin origin) {
        String target = request.target();
        if (!target.startsWith(PREFIX) || AmbiguousPath.is(request.path())) {
            return AmbassadorRouter.AMBIGUOUS;
        }
        int end = PREFIX.length();
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        String service = target.substring(PREFIX.length(), end);
        String rest = target.substring(end);
        String path = rest.startsWith("/") ? rest : "/" + rest;
        AmbassadorRoute route = table.routes().toService(service);
        if (route != null) {
            return route.forwardAs(route.edit().target(path));
        }
        try {
            return new Decision.Forward(new ResilientRoute(resilience.service(service), tls), plain.target(path));
        } catch (SidecarException refused) {
            return Answer.of(refused.problem());
        }
    }
}
