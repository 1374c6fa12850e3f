package dev.sidecar.benchmarks.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** SQLite with a write-ahead log that is synced at each commit. */
final class SqliteStore implements Store {

    private final Connection connection;
    private final PreparedStatement insert;

    SqliteStore(Path directory) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("spool.db"));
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute("CREATE TABLE spool (id INTEGER PRIMARY KEY, content BLOB)");
        }
        connection.setAutoCommit(false);
        insert = connection.prepareStatement("INSERT INTO spool (content) VALUES (?)");
    }

    @Override
    public synchronized void append(List<byte[]> batch) throws SQLException {
        for (byte[] content : batch) {
            insert.setBytes(1, content);
            insert.addBatch();
        }
        insert.executeBatch();
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
