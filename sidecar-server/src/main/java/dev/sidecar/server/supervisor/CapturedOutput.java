package dev.sidecar.server.supervisor;

import dev.sidecar.logging.Logs;
import dev.sidecar.server.logging.capture.StreamCapture;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes log records of what the application prints, and passes the bytes on. */
final class CapturedOutput implements AppOutput {

    private final Logs logs;
    private final OutputStream out;
    private final OutputStream err;

    private final Set<StreamCapture> running = ConcurrentHashMap.newKeySet();

    /**
     * Passes the bytes on.
     *
     * @param out of standard output; when a write to it fails, the application's standard output is closed
     * @param err the same of standard error
     */
    CapturedOutput(Logs logs, OutputStream out, OutputStream err) {
        this.logs = logs;
        this.out = out;
        this.err = err;
    }

    @Override
    public void stdout(InputStream stream) {
        capture(stream, "stdout", out);
    }

    @Override
    public void stderr(InputStream stream) {
        capture(stream, "stderr", err);
    }

    @Override
    public void ending() {
        running.forEach(StreamCapture::ending);
    }

    /** Closing our end tells the application what it would have been told without us: that nobody reads. */
    private void capture(InputStream stream, String source, OutputStream raw) {
        try (stream) {
            StreamCapture capture = new StreamCapture(stream, source, logs, raw);
            running.add(capture);
            capture.run();
            running.remove(capture);
        } catch (IOException e) {
            // Closing a stream that only we read loses nothing.
        }
    }
}
