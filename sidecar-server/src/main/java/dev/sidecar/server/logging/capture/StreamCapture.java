package dev.sidecar.server.logging.capture;

import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.Logs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stream of an application until its end and logs each record found there. {@link #run()} is called once,
 * on a thread that may block: it returns at the end of the stream, also when that is a failed read, and never throws.
 * While the queue of {@code logs} is full it does not read, so the application feels what it would feel from a slow
 * terminal.
 */
public final class StreamCapture implements Runnable {

    private final InputStream in;
    private final String source;
    private final Logs logs;
    private final @Nullable OutputStream raw;
    private volatile boolean ending;

    /**
     * @param source {@code stdout} or {@code stderr}
     * @param raw where the bytes are passed on to, unchanged and flushed, before they are parsed; null for nowhere
     */
    public StreamCapture(InputStream in, String source, Logs logs, @Nullable OutputStream raw) {
        this.in = in;
        this.source = source;
        this.logs = logs;
        this.raw = raw;
    }

    @Override
    public void run() {
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (raw != null) {
                    raw.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                    raw.flush();
                }
                logs.log(LogRecord.builder().body(line).source(source).build());
            }
        } catch (IOException e) {
            ending = true;
        }
    }

    /** Says that nothing more will be written, so that the last record need not wait for a line that continues it. */
    public void ending() {
        ending = true;
    }

    boolean isEnding() {
        return ending;
    }
}
