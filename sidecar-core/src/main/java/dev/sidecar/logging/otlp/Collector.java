package dev.sidecar.logging.otlp;

import dev.sidecar.Version;
import java.io.IOException;

/** Somebody who takes OTLP over HTTP. One request at a time. */
interface Collector extends AutoCloseable {

    /** Says whose records they are, as the protocol asks of an exporter; a configured header of the name wins. */
    String USER_AGENT = "sidecar/" + Version.current();

    /**
     * Posts a request in protobuf, packed with gzip.
     *
     * @throws IOException when there is no whole answer, in time or at all
     */
    Answer post(byte[] gzip) throws IOException, InterruptedException;

    @Override
    void close();
}
