package dev.sidecar.config;

import dev.sidecar.SidecarException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Work on the store's file: opened on first use, opened again when another file took its place, set aside when it is
 * damaged, tried again while others are busy with it. Thread-safe.
 */
final class StoreAccess implements AutoCloseable {

    private static final long LONGEST_WAIT_MS = 5_000;

    /** How long what cannot be written is read before it is tried whether it can. */
    private static final long READ_ONLY_MS = 1_000;

    /** Work inside a transaction. */
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private final StoreFile file;
    private final boolean writes;
    private final Runnable beforeOpening;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable StoreConnection open;
    private long openedMs;
    private boolean closed;

    private StoreAccess(StoreFile file, boolean writes, Runnable beforeOpening) {
        this.file = file;
        this.writes = writes;
        this.beforeOpening = beforeOpening;
    }

    static StoreAccess reading(StoreFile file) {
        return new StoreAccess(file, false, () -> {});
    }

    /**
     * SQLite's connections of one process share their memory with other processes, and that stays read-only as long as one
     * of them opened it so: a writer has the reader let go of it first.
     */
    static StoreAccess writing(StoreFile file, StoreAccess reader) {
        return new StoreAccess(file, true, reader::letGoOfReadOnly);
    }

    private void letGoOfReadOnly() {
        lock.lock();
        try {
            StoreConnection held = open;
            if (held != null && !held.isWritable()) {
                reset();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Does the work in one transaction, perhaps more than once, until it is done as a whole. */
    <T> T run(Work<T> work) {
        long deadline = nowMs() + LONGEST_WAIT_MS;
        lock.lock();
        try {
            return untilDone(work, deadline);
        } finally {
            lock.unlock();
        }
    }

    private <T> T untilDone(Work<T> work, long deadline) {
        boolean setAside = false;
        for (int attempt = 0; ; attempt++) {
            try {
                T done = inTransaction(work);
                // Written to a file that somebody set aside meanwhile, it would be lost.
                if (!writes || current() != null) {
                    return done;
                }
            } catch (SQLException e) {
                StoreFailure failure = e instanceof DamagedStoreException ? StoreFailure.DAMAGED : StoreFailure.of(e);
                if (failure == StoreFailure.DAMAGED && !setAside) {
                    setAside = true;
                    setAside(e);
                } else if (failure != StoreFailure.BUSY || nowMs() > deadline) {
                    throw failed(failure, e);
                }
            } catch (IOException e) {
                throw failed(StoreFailure.UNAVAILABLE, e);
            }
            pause(attempt);
        }
    }

    private SidecarException failed(StoreFailure failure, Exception cause) {
        if (failure != StoreFailure.BUSY) {
            reset();
        }
        // SQLite says of a file whose log it cannot make only that it cannot be opened.
        StoreFailure known =
                failure == StoreFailure.UNAVAILABLE && file.isReadOnly() ? StoreFailure.READ_ONLY : failure;
        return known.exception(file.location(), cause);
    }

    private <T> T inTransaction(Work<T> work) throws SQLException, IOException {
        Connection connection = connection().jdbc();
        try (Statement statement = connection.createStatement()) {
            statement.execute(writes ? "BEGIN IMMEDIATE" : "BEGIN");
            try {
                T result = work.in(connection);
                statement.execute("COMMIT");
                return result;
            } catch (SQLException | RuntimeException e) {
                StoreConnection.rollback(statement, e);
                throw e;
            }
        }
    }

    private StoreConnection connection() throws SQLException, IOException {
        StoreConnection usable = current();
        if (usable == null) {
            if (closed) {
                throw new SQLException("it is closed");
            }
            beforeOpening.run();
            usable = open();
            open = usable;
            openedMs = nowMs();
        }
        return usable;
    }

    private StoreConnection open() throws SQLException, IOException {
        try {
            return StoreConnection.open(file);
        } catch (SQLException e) {
            StoreFailure failure = StoreFailure.of(e);
            if (!writes
                    && file.identity() != null
                    && (failure == StoreFailure.READ_ONLY || failure == StoreFailure.UNAVAILABLE)) {
                return StoreConnection.openForReading(file);
            }
            throw e;
        }
    }

    /** The connection, while it is to the file that is the store now. */
    private @Nullable StoreConnection current() throws IOException {
        StoreConnection candidate = open;
        if (candidate == null) {
            return null;
        }
        if (candidate.isCurrent(file) && (candidate.isWritable() || nowMs() - openedMs < READ_ONLY_MS)) {
            return candidate;
        }
        reset();
        return null;
    }

    private void setAside(SQLException damage) {
        StoreConnection damaged = open;
        Object identity = damage instanceof DamagedStoreException found
                ? found.identity()
                : damaged == null ? null : damaged.identity();
        reset();
        try {
            file.setAside(identity, String.valueOf(damage.getMessage()));
        } catch (IOException e) {
            damage.addSuppressed(e);
        }
    }

    private void reset() {
        StoreConnection last = open;
        open = null;
        if (last != null) {
            try {
                last.close();
            } catch (SQLException e) {
                // It is not used any more.
            }
        }
    }

    /** Short, and never in step with the others who wait. */
    private static void pause(int attempt) {
        long most = Math.min(5_000, 200L << Math.min(attempt, 5));
        LockSupport.parkNanos(
                TimeUnit.MICROSECONDS.toNanos(ThreadLocalRandom.current().nextLong(50, most)));
    }

    private static long nowMs() {
        return System.nanoTime() / 1_000_000;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            reset();
        } finally {
            lock.unlock();
        }
    }
}
