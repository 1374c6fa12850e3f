package dev.sidecar.logging.otlp;

import java.io.IOException;

/** Somebody who takes OTLP over HTTP. One request at a time. */
interface Collector extends AutoCloseable {

    /**
     * Posts a request in protobuf, packed with gzip.
     *
     * @throws IOException when there is no whole answer, in time or at all
     */
    Answer post(byte[] gzip) throws IOException, InterruptedException;

    @Override
    void close();
}
