package dev.sidecar.server.supervisor;

import java.io.InputStream;

/** Takes what the application prints; each method returns at the end of the stream. */
public interface AppOutput {

    void stdout(InputStream stream);

    void stderr(InputStream stream);

    /** Says that the application and all it started have ended: what is still in the streams is the last of it. */
    void ending();
}
