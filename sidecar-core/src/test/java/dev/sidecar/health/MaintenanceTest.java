package dev.sidecar.health;

import static dev.sidecar.health.HealthStatus.OUT_OF_SERVICE;
import static dev.sidecar.health.HealthStatus.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecar.SidecarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {

    @TempDir
    Path home;

    @Test
    void isKeptForTheSameInstanceOverARestart() {
        Maintenance word;
        try (TestHealth before = new TestHealth(home, "orders-1")) {
            word = before.health.maintenance(true, "disk is replaced");
        }

        try (TestHealth after = new TestHealth(home, "orders-1")) {
            assertThat(after.health.report().status()).isEqualTo(OUT_OF_SERVICE);
            assertThat(after.health.report().maintenance()).isEqualTo(word);
            after.health.maintenance(false, null);
        }

        try (TestHealth again = new TestHealth(home, "orders-1")) {
            assertThat(again.health.report().status()).isEqualTo(UP);
        }
    }

    @Test
    void doesNotSpreadToAnotherInstance() {
        try (TestHealth first = new TestHealth(home, "orders-1");
                TestHealth second = new TestHealth(home, "orders-2")) {
            first.health.maintenance(true, null);

            assertThat(second.health.report().status()).isEqualTo(UP);
        }
        try (TestHealth second = new TestHealth(home, "orders-2")) {
            assertThat(second.health.report().status()).isEqualTo(UP);
        }
    }

    @Test
    void endsWithAnInstanceThatIsNamedByItsProcess() {
        String instance = "host-" + ProcessHandle.current().pid();
        try (TestHealth before = new TestHealth(home, instance)) {
            before.health.maintenance(true, null);
            assertThat(before.health.report().status()).isEqualTo(OUT_OF_SERVICE);
        }
        try (TestHealth after = new TestHealth(home, instance)) {
            assertThat(after.health.report().status()).isEqualTo(UP);
        }
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void aSecondWordChangesTheReasonAndNotTheTime() {
        try (TestHealth test = new TestHealth(home)) {
            Maintenance first = test.health.maintenance(true, "disk");
            Maintenance second = test.health.maintenance(true, "disk and fan");

            assertThat(second.reason()).isEqualTo("disk and fan");
            assertThat(second.since()).isEqualTo(first.since());
        }
    }

    @Test
    void aRecordThatCannotBeReadStillHolds() throws IOException {
        try (TestHealth before = new TestHealth(home, "orders-1")) {
            before.health.maintenance(true, null);
        }
        Files.writeString(home.resolve("maintenance").resolve("orders@orders-1.json"), "{");

        try (TestHealth after = new TestHealth(home, "orders-1")) {
            assertThat(after.health.report().status()).isEqualTo(OUT_OF_SERVICE);
        }
    }

    @Test
    void failsLoudlyAndChangesNothingWhenItCannotBeWritten() throws IOException {
        Files.writeString(home.resolve("maintenance"), "in the way");
        try (TestHealth test = new TestHealth(home)) {
            assertThatThrownBy(() -> test.health.maintenance(true, null))
                    .isInstanceOfSatisfying(
                            SidecarException.class, e -> assertThat(e.code()).isEqualTo("maintenance-not-saved"))
                    .hasMessageContaining(home.toString());

            assertThat(test.health.report().status()).isEqualTo(UP);
        }
    }
}
