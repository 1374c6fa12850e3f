package dev.sidecar.benchmarks.storage;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.artemis.core.io.nio.NIOSequentialFileFactory;
import org.apache.activemq.artemis.core.journal.impl.JournalImpl;

/** The journal of Artemis; its buffer gathers what several writers want to have synced. */
final class ArtemisStore implements Store {

    private final NIOSequentialFileFactory files;
    private final JournalImpl journal;
    private final AtomicLong next = new AtomicLong();

    ArtemisStore(Path directory) throws Exception {
        files = new NIOSequentialFileFactory(directory.toFile(), true, 1);
        files.start();
        journal = new JournalImpl(16 << 20, 2, 10, 0, 0, files, "spool", "bin", 1);
        journal.start();
        journal.loadInternalOnly();
    }

    @Override
    public void append(List<byte[]> batch) throws Exception {
        for (int i = 0; i < batch.size(); i++) {
            journal.appendAddRecord(next.incrementAndGet(), (byte) 0, batch.get(i), i + 1 == batch.size());
        }
    }

    @Override
    public void close() throws Exception {
        journal.stop();
        files.stop();
    }
}
