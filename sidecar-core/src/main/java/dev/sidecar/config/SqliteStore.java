package dev.sidecar.config;

import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import dev.sidecar.runtime.SidecarHome;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The store of a host: one SQLite file for all its sidecars and libraries. The driver is loaded by the first use. */
final class SqliteStore implements ConfigStore {

    /** Two reads of one store never see a part of a change; the order of changes is the order of commits. */
    private static final String CURRENT =
            "SELECT c.key, c.version, c.value, c.at, c.who, c.idx FROM entries e" + " JOIN changes c ON c.idx = e.idx";

    private final String who;
    private final StoreAccess reads;
    private final StoreAccess writes;
    private final StoreSignal signal;
    private final StoreHealth health = new StoreHealth(this::probe);

    SqliteStore(SidecarHome home, String who) {
        StoreFile file = new StoreFile(home);
        this.who = who;
        this.reads = StoreAccess.reading(file);
        this.writes = StoreAccess.writing(file, reads);
        this.signal = new StoreSignal(file, this::index);
    }

    @Override
    public ConfigEntries entries(String prefix) {
        return read(connection -> {
            long index = StoreRows.number(connection, "SELECT MAX(idx) FROM changes");
            List<ConfigEntry> entries = new ArrayList<>();
            String query = CURRENT + " WHERE c.value IS NOT NULL AND e.key >= ? AND e.key < ? ORDER BY e.key";
            try (PreparedStatement statement = connection.prepareStatement(query)) {
                statement.setString(1, prefix);
                statement.setString(2, prefix + '\u007f');
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        if (ConfigKeys.isWithin(rows.getString(1), prefix)) {
                            entries.add(entry(rows));
                        }
                    }
                }
            }
            return new ConfigEntries(index, entries, null);
        });
    }

    @Override
    public Optional<ConfigEntry> get(String key) {
        return read(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement(CURRENT + " WHERE c.value IS NOT NULL AND e.key = ?")) {
                statement.setString(1, key);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(entry(rows)) : Optional.empty();
                }
            }
        });
    }

    private static ConfigEntry entry(ResultSet rows) throws SQLException {
        return new ConfigEntry(
                rows.getString(1),
                StoreRows.json(rows.getString(3)),
                rows.getLong(2),
                ConfigEntry.STORE,
                Instant.ofEpochMilli(rows.getLong(4)),
                rows.getString(5),
                null);
    }

    @Override
    public Optional<ConfigVersion> write(String key, @Nullable String json, ConfigCondition condition) {
        Optional<ConfigVersion> written = change(connection -> {
            StoreRows.Head head = StoreRows.head(connection, key);
            check(key, head, condition);
            return json == null && !head.present()
                    ? Optional.empty()
                    : Optional.of(StoreRows.append(connection, key, head, json, who));
        });
        if (written.isPresent()) {
            signal.changed();
        }
        return written;
    }

    @Override
    public ConfigVersion rollback(String key, long version, ConfigCondition condition) {
        ConfigVersion written = change(connection -> {
            StoreRows.Head head = StoreRows.head(connection, key);
            check(key, head, condition);
            return StoreRows.append(connection, key, head, StoreRows.valueOf(connection, key, version), who);
        });
        signal.changed();
        return written;
    }

    private static void check(String key, StoreRows.Head head, ConfigCondition condition) {
        boolean holds = condition instanceof ConfigCondition.Any
                || condition instanceof ConfigCondition.Absent && !head.present()
                || condition instanceof ConfigCondition.Present && head.present()
                || condition instanceof ConfigCondition.Version wanted
                        && head.present()
                        && wanted.version() == head.version();
        if (!holds) {
            String found = head.present() ? "its current version is " + head.version() : "it has no value in the store";
            throw new SidecarException(new Problem(
                    412,
                    "version-mismatch",
                    "Version mismatch",
                    "key: '" + key + "' was not changed, " + found + "; read it again and decide anew",
                    List.of(Map.of("key", key, "currentVersion", head.present() ? head.version() : 0L)),
                    null));
        }
    }

    @Override
    public ConfigHistory history(String key) {
        return read(connection -> {
            List<ConfigVersion> versions = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT version, idx, value, at, who FROM changes WHERE key = ? ORDER BY version DESC")) {
                statement.setString(1, key);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        String value = rows.getString(3);
                        versions.add(new ConfigVersion(
                                rows.getLong(1),
                                rows.getLong(2),
                                value == null,
                                value == null ? null : StoreRows.json(value),
                                Instant.ofEpochMilli(rows.getLong(4)),
                                rows.getString(5)));
                    }
                }
            }
            return new ConfigHistory(key, versions);
        });
    }

    @Override
    public long index() {
        return read(connection -> Math.max(
                StoreRows.number(connection, "SELECT MAX(idx) FROM changes"),
                StoreRows.number(connection, "SELECT idx FROM floor")));
    }

    @Override
    public Changes changes(long after, int limit) {
        return read(connection -> {
            long floor = StoreRows.number(connection, "SELECT idx FROM floor");
            long last = Math.max(floor, StoreRows.number(connection, "SELECT MAX(idx) FROM changes"));
            long from = after > last ? last : Math.max(after, floor);
            return new Changes(from, StoreRows.changes(connection, from, limit));
        });
    }

    @Override
    public Subscription onChange(Runnable listener) {
        return signal.listen(listener);
    }

    @Override
    public @Nullable ConfigTrouble trouble() {
        return health.trouble();
    }

    private void probe() {
        writes.run(connection -> {
            StoreRows.touch(connection);
            return true;
        });
    }

    private <T> T read(StoreAccess.Work<T> work) {
        return health.observe(false, () -> reads.run(work));
    }

    private <T> T change(StoreAccess.Work<T> work) {
        return health.observe(true, () -> writes.run(work));
    }

    @Override
    public void close() {
        signal.close();
        reads.close();
        writes.close();
    }
}
