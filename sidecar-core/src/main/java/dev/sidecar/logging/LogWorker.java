package dev.sidecar.logging;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Drains the queue in batches to the sinks, the spool first, until the queue is closed and empty. */
final class LogWorker implements Runnable {

    private static final int BATCH = 256;

    private final RecordQueue queue;
    private final Drops drops;
    private final Sources sources;
    private final UnaryOperator<LogRecord> pipeline;
    private final @Nullable FileSink file;
    private final @Nullable RemoteSink remote;
    private final @Nullable ConsoleSink console;

    LogWorker(
            RecordQueue queue,
            Drops drops,
            Sources sources,
            UnaryOperator<LogRecord> pipeline,
            @Nullable FileSink file,
            @Nullable RemoteSink remote,
            @Nullable ConsoleSink console) {
        this.queue = queue;
        this.drops = drops;
        this.sources = sources;
        this.pipeline = pipeline;
        this.file = file;
        this.remote = remote;
        this.console = console;
    }

    @Override
    public void run() {
        try {
            for (List<RecordQueue.Entry> batch = next(); batch != null; batch = next()) {
                deliver(batch);
            }
        } catch (InterruptedException e) {
            queue.close();
        }
    }

    private @Nullable List<RecordQueue.Entry> next() throws InterruptedException {
        return queue.take(BATCH, drops.nanosUntilDue());
    }

    private void deliver(List<RecordQueue.Entry> batch) {
        List<LogRecord> fresh = new ArrayList<>(batch.size());
        List<LogRecord> all = new ArrayList<>(batch.size());
        for (RecordQueue.Entry entry : batch) {
            if (entry.delivered()) {
                all.addAll(entry.records());
            } else {
                entry.records().forEach(record -> process(record, fresh, all));
            }
        }
        LogRecord summary = drops.summary();
        if (summary != null) {
            process(summary, fresh, all);
        }
        toSpool(fresh);
        toFile(fresh);
        toConsole(all);
    }

    /** One record that cannot be handled must not take the others with it, nor the worker. */
    private void process(LogRecord record, List<LogRecord> fresh, List<LogRecord> all) {
        try {
            LogRecord processed = pipeline.apply(record);
            fresh.add(processed);
            all.add(processed);
        } catch (RuntimeException | StackOverflowError e) {
            drops.count(Drops.Reason.FAILED, sources.of(record), 1);
        }
    }

    /** One commit for all that came together. */
    private void toSpool(List<LogRecord> records) {
        if (remote != null && !records.isEmpty()) {
            Drops.Reason reason = remote.keep(records);
            if (reason != null) {
                lost(records, reason);
            }
        }
    }

    private void toFile(List<LogRecord> records) {
        if (file == null || records.isEmpty()) {
            return;
        }
        try {
            file.write(records);
        } catch (IOException | RuntimeException e) {
            lost(records, Drops.Reason.FILE);
        }
    }

    private void toConsole(List<LogRecord> records) {
        if (console == null || records.isEmpty()) {
            return;
        }
        try {
            if (console.write(records) > 0) {
                lost(records, Drops.Reason.CONSOLE);
            }
        } catch (RuntimeException e) {
            lost(records, Drops.Reason.CONSOLE);
        }
    }

    /** A summary that is lost is not counted, or it would call for the next one for ever. */
    private void lost(List<LogRecord> records, Drops.Reason reason) {
        for (LogRecord record : records) {
            if (!Drops.SCOPE.equals(record.scope())) {
                drops.count(reason, sources.of(record), 1);
            }
        }
    }
}
