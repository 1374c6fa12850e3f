package dev.sidecar.server.offload;

import dev.sidecar.Problem;
import dev.sidecar.server.offload.cache.ResponseCache;
import dev.sidecar.server.offload.files.StaticFiles;
import dev.sidecar.server.proxy.Answer;
import dev.sidecar.server.proxy.Decision;
import dev.sidecar.server.proxy.Router;
import dev.sidecar.server.proxy.http1.AmbiguousPath;
import dev.sidecar.server.proxy.http1.Origin;
import dev.sidecar.server.proxy.http1.RequestEdit;
import dev.sidecar.server.proxy.http1.RequestHead;
import org.jspecify.annotations.Nullable;

/** Static files where there are some, the application for everything else. */
final class OffloadRouter implements Router {

    private static final Answer AMBIGUOUS = Answer.of(
            Problem.of(400, "ambiguous-path", "the path has a segment '.' or '..'; send the path that is meant"));
    private static final Answer NO_TUNNEL = Answer.of(
            Problem.of(405, "method-not-allowed", "this is no proxy to other hosts; CONNECT is not possible"));

    private final ReadinessGate gate;
    private final Decision app;
    private final @Nullable StaticFiles files;
    private final @Nullable ResponseCache cache;

    /**
     * @param files null when there are none
     * @param cache null when nothing is kept
     */
    OffloadRouter(ReadinessGate gate, AppRoute app, @Nullable StaticFiles files, @Nullable ResponseCache cache) {
        this.gate = gate;
        this.files = files;
        this.cache = cache;
        this.app = new Decision.Forward(app, RequestEdit.NONE);
    }

    @Override
    public Decision decide(RequestHead request, Origin origin) {
        Answer closed = gate.closed();
        if (closed != null) {
            return closed;
        }
        if (request.isConnect()) {
            return NO_TUNNEL;
        }
        if (AmbiguousPath.is(request.path())) {
            return AMBIGUOUS;
        }
        return files == null ? cached(request, origin) : files.decide(request, () -> cached(request, origin));
    }

    private Decision cached(RequestHead request, Origin origin) {
        return cache == null ? toApp() : cache.decide(request, origin, this::toApp);
    }

    private Decision toApp() {
        Answer refusal = gate.refusal();
        return refusal == null ? app : refusal;
    }
}
