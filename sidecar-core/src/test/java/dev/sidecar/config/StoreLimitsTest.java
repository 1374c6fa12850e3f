package dev.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sidecar.SidecarException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store forgets, and what it does while somebody else holds it. */
class StoreLimitsTest {

    /** Of the changes there are, the one that makes the store look for old ones. */
    private static final int LAST = ConfigLimits.KEPT_CHANGES + 1_000;

    private static final int OF_A = 900;

    @TempDir
    Path home;

    private LocalConfig config;

    @BeforeEach
    void open() {
        config = Stores.open(home, "orders");
    }

    @AfterEach
    void close() {
        config.close();
    }

    @Test
    void keepsTheLastVersionsOfEachKeyAndTellsWhoWasAwayForTooLongToReadAgain() throws Exception {
        put("a");
        writeDirectly();
        assertThat(config.history("a").versions()).hasSize(OF_A);

        assertThat(put("b").version()).isEqualTo(LAST - OF_A);

        assertThat(config.index()).isEqualTo(LAST);
        assertThat(config.history("a").versions())
                .hasSize(ConfigLimits.KEPT_VERSIONS)
                .first()
                .satisfies(version -> assertThat(version.version()).isEqualTo(OF_A));
        assertThat(config.get("a").orElseThrow().version()).isEqualTo(OF_A);
        assertThatThrownBy(() -> config.rollback("a", 1, ConfigCondition.any()))
                .extracting("problem.code")
                .isEqualTo("unknown-version");

        List<ConfigChange> late = new CopyOnWriteArrayList<>();
        config.watch("a", 5, late::add);
        await().until(() -> !late.isEmpty());
        assertThat(late.get(0).type()).isEqualTo(ConfigChange.Type.RESET);
        assertThat(late.get(0).index()).isEqualTo(1_000);
        List<ConfigChange> inTime = new CopyOnWriteArrayList<>();
        config.watch("b", LAST - 1, inTime::add);
        await().until(() -> !inTime.isEmpty());
        assertThat(inTime.get(0).type()).isEqualTo(ConfigChange.Type.PUT);
    }

    /** As many changes as they write in a long time. */
    private void writeDirectly() throws SQLException {
        try (Connection store = connect();
                Statement statement = store.createStatement();
                PreparedStatement row =
                        store.prepareStatement("INSERT INTO changes VALUES (?, ?, ?, '1', 1, 1000, 'orders')")) {
            store.setAutoCommit(false);
            for (int index = 2; index < LAST; index++) {
                row.setInt(1, index);
                row.setString(2, index <= OF_A ? "a" : "b");
                row.setInt(3, index <= OF_A ? index : index - OF_A);
                row.addBatch();
            }
            row.executeBatch();
            statement.execute("INSERT OR REPLACE INTO entries VALUES ('a', " + OF_A + ", " + OF_A + "), ('b', "
                    + (LAST - OF_A - 1) + ", " + (LAST - 1) + ")");
            store.commit();
        }
    }

    @Test
    void saysThatItIsBusyWhenAnotherHoldsItForTooLong() throws Exception {
        put("a");
        try (Connection other = connect();
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");

            assertThat(config.get("a")).as("reads go on").isPresent();
            assertThatThrownBy(() -> put("a"))
                    .isInstanceOfSatisfying(SidecarException.class, e -> {
                        assertThat(e.problem().status()).isEqualTo(503);
                        assertThat(e.problem().retryAfterSeconds()).isPositive();
                    })
                    .extracting("problem.code")
                    .isEqualTo("config-store-busy");

            statement.execute("ROLLBACK");
        }
        assertThat(put("a").version()).isEqualTo(2);
        assertThat(config.trouble()).isNull();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + home.resolve("config/store.db"));
    }

    private ConfigEntry put(String key) {
        return config.put(key, ConfigValues.parse("1"), ConfigCondition.any());
    }
}
