package dev.sidecar.config;

import dev.sidecar.SidecarException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Rows of the store, inside somebody's transaction. */
final class StoreRows {

    /** How many changes are made between two looks for those that are not kept any more. */
    private static final int PRUNED_EVERY = 1_000;

    /**
     * Where a key is.
     *
     * @param version the last one, 0 when there was none
     * @param present whether that is no deletion
     */
    record Head(long version, boolean present) {}

    private StoreRows() {}

    static JsonNode json(String text) {
        return ConfigValues.parse(text);
    }

    static long number(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    static Head head(Connection connection, String key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT e.version, c.value IS NOT NULL"
                + " FROM entries e JOIN changes c ON c.idx = e.idx WHERE e.key = ?")) {
            statement.setString(1, key);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? new Head(rows.getLong(1), rows.getBoolean(2)) : new Head(0, false);
            }
        }
    }

    static String valueOf(Connection connection, String key, long version) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT value FROM changes WHERE key = ? AND version = ?")) {
            statement.setString(1, key);
            statement.setLong(2, version);
            try (ResultSet rows = statement.executeQuery()) {
                String value = rows.next() ? rows.getString(1) : null;
                if (value == null) {
                    throw SidecarException.notFound(
                            "unknown-version",
                            "version: '" + version + "' of '" + key
                                    + "' has no value that is kept; its history lists those that are");
                }
                return value;
            }
        }
    }

    static ConfigVersion append(Connection connection, String key, Head head, @Nullable String json, String who)
            throws SQLException {
        long index = 1 + Math.max(number(connection, "SELECT MAX(idx) FROM changes"), floor(connection));
        long version = head.version() + 1;
        long now = System.currentTimeMillis();
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            statement.setLong(1, index);
            statement.setString(2, key);
            statement.setLong(3, version);
            statement.setString(4, json);
            statement.setInt(5, json == null ? 0 : json.getBytes(StandardCharsets.UTF_8).length);
            statement.setLong(6, now);
            statement.setString(7, who);
            statement.executeUpdate();
        }
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)")) {
            statement.setString(1, key);
            statement.setLong(2, version);
            statement.setLong(3, index);
            statement.executeUpdate();
        }
        if (index % PRUNED_EVERY == 0) {
            prune(connection, index);
        }
        return new ConfigVersion(
                version, index, json == null, json == null ? null : json(json), Instant.ofEpochMilli(now), who);
    }

    private static long floor(Connection connection) throws SQLException {
        return number(connection, "SELECT idx FROM floor");
    }

    /** Forgets changes that are neither recent nor among the last versions of their key. */
    private static void prune(Connection connection, long index) throws SQLException {
        long tooLarge = number(
                connection,
                "SELECT MAX(idx) FROM (SELECT idx, SUM(bytes) OVER (ORDER BY idx DESC) AS total FROM changes)"
                        + " WHERE total > " + ConfigLimits.KEPT_CHANGES_BYTES);
        long floor = Math.max(tooLarge, index - ConfigLimits.KEPT_CHANGES);
        if (floor <= floor(connection)) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "DELETE FROM changes WHERE idx <= ? AND version <= (SELECT e.version FROM entries e"
                        + " WHERE e.key = changes.key) - " + ConfigLimits.KEPT_VERSIONS)) {
            statement.setLong(1, floor);
            if (statement.executeUpdate() == 0) {
                return;
            }
        }
        try (PreparedStatement statement = connection.prepareStatement("UPDATE floor SET idx = ?")) {
            statement.setLong(1, floor);
            statement.executeUpdate();
        }
    }

    static List<ConfigChange> changes(Connection connection, long after, int limit) throws SQLException {
        List<ConfigChange> changes = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT idx, key, value, version, at, who FROM changes WHERE idx > ? ORDER BY idx LIMIT ?")) {
            statement.setLong(1, after);
            statement.setInt(2, limit);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String value = rows.getString(3);
                    changes.add(new ConfigChange(
                            rows.getLong(1),
                            value == null ? ConfigChange.Type.DELETE : ConfigChange.Type.PUT,
                            rows.getString(2),
                            value == null ? null : json(value),
                            rows.getLong(4),
                            ConfigEntry.STORE,
                            Instant.ofEpochMilli(rows.getLong(5)),
                            rows.getString(6)));
                }
            }
        }
        return changes;
    }

    /** Writes a page, to see whether that can be done. */
    static void touch(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("UPDATE floor SET idx = idx")) {
            statement.executeUpdate();
        }
    }
}
