package dev.sidecar.config;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/** One connection to the store's file, with its schema made. For one thread at a time. */
final class StoreConnection implements AutoCloseable {

    private static final int SCHEMA = 1;
    private static final int PAGE_BYTES = 4096;

    /** Checked as a whole when it is opened, unless that would take long. */
    private static final long MAX_CHECKED_BYTES = 32L << 20;

    private final Connection connection;
    private final @Nullable Object identity;
    private final boolean writable;

    private StoreConnection(Connection connection, @Nullable Object identity, boolean writable) {
        this.connection = connection;
        this.identity = identity;
        this.writable = writable;
    }

    static StoreConnection open(StoreFile file) throws SQLException, IOException {
        file.placeDriver();
        Connection connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + file.path());
        try {
            Object identity = file.identity();
            // SQLite opens for reading what it cannot open for writing, and says so only at the first write.
            boolean writable = !file.isReadOnly();
            prepare(connection, file);
            return new StoreConnection(connection, identity, writable);
        } catch (SQLException | IOException | RuntimeException e) {
            try (connection) {
                if (e instanceof SQLException s && StoreFailure.of(s) == StoreFailure.DAMAGED) {
                    throw new DamagedStoreException(file.identity(), s);
                }
                throw e;
            }
        }
    }

    /** Where nothing can be written, what was can still be read. */
    static StoreConnection openForReading(StoreFile file) throws SQLException, IOException {
        // Without the write-ahead log's index SQLite reads only a file it may take for unchanging.
        file.placeDriver();
        String options = file.hasLog() ? "?mode=ro" : "?mode=ro&immutable=1";
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return new StoreConnection(
                config.createConnection("jdbc:sqlite:" + file.path().toUri() + options), file.identity(), false);
    }

    private static void prepare(Connection connection, StoreFile file) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute("PRAGMA cache_size=-512");
            statement.execute("PRAGMA journal_size_limit=4194304");
            statement.execute("PRAGMA max_page_count=" + ConfigLimits.MAX_STORE_BYTES / PAGE_BYTES);
            int schema = number(statement, "PRAGMA user_version");
            if (schema > SCHEMA) {
                throw new SQLException("it was written by a later version of Sidecar; use that");
            }
            if (schema < SCHEMA) {
                create(statement, file);
            } else if (file.size() <= MAX_CHECKED_BYTES) {
                check(statement, file);
            }
        }
    }

    private static void check(Statement statement, StoreFile file) throws SQLException, IOException {
        try (ResultSet rows = statement.executeQuery("PRAGMA quick_check(1)")) {
            String said = rows.next() ? rows.getString(1) : "no answer";
            if (!"ok".equals(said)) {
                throw new DamagedStoreException(file.identity(), new SQLException(said));
            }
        }
    }

    private static void create(Statement statement, StoreFile file) throws SQLException, IOException {
        statement.execute("BEGIN IMMEDIATE");
        try {
            if (number(statement, "PRAGMA user_version") < SCHEMA) {
                statement.execute("CREATE TABLE changes(idx INTEGER PRIMARY KEY, key TEXT NOT NULL,"
                        + " version INTEGER NOT NULL, value TEXT, bytes INTEGER NOT NULL, at INTEGER NOT NULL,"
                        + " who TEXT NOT NULL)");
                statement.execute("CREATE UNIQUE INDEX versions ON changes(key, version)");
                statement.execute("CREATE TABLE entries(key TEXT PRIMARY KEY, version INTEGER NOT NULL,"
                        + " idx INTEGER NOT NULL) WITHOUT ROWID");
                statement.execute("CREATE TABLE floor(idx INTEGER NOT NULL)");
                long floor = file.replacesDamaged() ? System.currentTimeMillis() : 0;
                statement.execute("INSERT INTO floor VALUES (" + floor + ")");
                statement.execute("PRAGMA user_version=" + SCHEMA);
            }
            statement.execute("COMMIT");
        } catch (SQLException | IOException e) {
            rollback(statement, e);
            throw e;
        }
    }

    static void rollback(Statement statement, Exception cause) {
        try {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            // SQLite may have done so by itself.
            cause.addSuppressed(e);
        }
    }

    private static int number(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    Connection jdbc() {
        return connection;
    }

    boolean isWritable() {
        return writable;
    }

    /** Whether the file it was opened on is still the store. */
    boolean isCurrent(StoreFile file) throws IOException {
        return identity != null && Objects.equals(identity, file.identity());
    }

    @Nullable
    Object identity() {
        return identity;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
