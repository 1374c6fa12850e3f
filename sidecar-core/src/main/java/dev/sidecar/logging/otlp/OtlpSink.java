package dev.sidecar.logging.otlp;

import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.LoggingOptions;
import dev.sidecar.logging.RecordSize;
import dev.sidecar.logging.SpoolState;
import dev.sidecar.logging.spool.Payload;
import dev.sidecar.logging.spool.Spool;
import dev.sidecar.logging.spool.SpoolContent;
import dev.sidecar.logging.spool.SpoolFullException;
import dev.sidecar.logging.spool.SpoolSettings;
import dev.sidecar.runtime.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Keeps records in a spool on the disk until a collector has them. {@link #write} returns once they are on the disk;
 * one thread sends. Thread-safe.
 */
public final class OtlpSink implements AutoCloseable {

    /** About so much heap makes one frame, so that requests can be made of whole frames. */
    private static final long FRAME = 512 << 10;

    private final Spool spool;
    private final Shipper shipper;
    private final SpoolLedger ledger;
    private final String collector;

    private OtlpSink(Spool spool, Shipper shipper, SpoolLedger ledger, String collector) {
        this.spool = spool;
        this.shipper = shipper;
        this.ledger = ledger;
        this.collector = collector;
    }

    /**
     * Starts to send; a disk that cannot be written yet, or a collector that is not there, is no reason to fail.
     *
     * @param root where the spools of all names are
     * @param name of this owner
     */
    public static OtlpSink start(
            LoggingOptions.Otlp otlp,
            LoggingOptions.Spool limits,
            Supplier<Path> root,
            String name,
            SinkEvents events) {
        SpoolLedger ledger = new SpoolLedger(events, otlp.endpoint().toString());
        SpoolSettings settings = new SpoolSettings(
                root,
                name,
                limits.maxSizeBytes(),
                limits.maxAge(),
                limits.whenFull() == LoggingOptions.WhenFull.DROP_OLDEST);
        Spool spool = new Spool(settings, ledger);
        Shipper shipper = new Shipper(spool, () -> connect(otlp), ledger);
        Threads.named("log-shipper", shipper).start();
        return new OtlpSink(spool, shipper, ledger, otlp.endpoint().toString());
    }

    private static Collector connect(LoggingOptions.Otlp otlp) {
        OtlpEndpoint endpoint = otlp.endpoint();
        return endpoint.socket() == null
                ? new HttpCollector(endpoint, otlp.headers(), otlp.timeout())
                : new SocketCollector(endpoint.socket(), endpoint, otlp.headers(), otlp.timeout());
    }

    /**
     * Returns once all of the records are on the disk.
     *
     * @throws SpoolFullException when there is no room for them
     * @throws IOException when they cannot be written
     */
    public void write(List<LogRecord> records) throws IOException {
        try {
            List<Payload> frames = new ArrayList<>();
            int from = 0;
            long size = 0;
            for (int i = 0; i < records.size(); i++) {
                size += RecordSize.of(records.get(i));
                if (size > FRAME || i + 1 == records.size()) {
                    List<LogRecord> frame = records.subList(from, i + 1);
                    frames.add(new Payload(OtlpEncoder.encode(frame), frame.size()));
                    from = i + 1;
                    size = 0;
                }
            }
            spool.append(frames);
        } catch (IOException e) {
            ledger.failed(e);
            throw e;
        }
    }

    /** Counts records that found no place here and whose writer could not be told. */
    public void lost(String reason, long records) {
        ledger.count(reason, records);
    }

    /** A view of now. */
    public SpoolState state() {
        SpoolContent content = spool.content();
        return ledger.state(collector, content);
    }

    @Override
    public void close() {
        shipper.close();
        spool.close();
    }
}
