package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.BodySink;
import dev.sidecar.server.proxy.http1.ResponseHead;

/** Takes a response part by part. */
public interface ResponseSink extends BodySink {

    /**
     * A head is there; interim ones come before the final one.
     *
     * @param bodyless whether nothing but the end follows it
     */
    void head(ResponseHead head, boolean bodyless);
}
