package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.Origin;
import dev.sidecar.server.proxy.http1.RequestHead;

/** Says of each request what is to be done. Called on an event loop: it must not block, and may be called by several. */
@FunctionalInterface
public interface Router {

    /** What to do with the request; a thrown exception is answered with 500. */
    Decision decide(RequestHead request, Origin origin);
}
