package dev.sidecar.tck.watchdog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sidecar.SidecarException;
import dev.sidecar.tck.Clause;
import dev.sidecar.tck.Setup;
import dev.sidecar.tck.SidecarContract;
import dev.sidecar.watchdog.Cause;
import dev.sidecar.watchdog.Watchdog;
import dev.sidecar.watchdog.WatchdogAction;
import dev.sidecar.watchdog.WatchdogReport;
import dev.sidecar.watchdog.WatchdogState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What {@link Watchdog} promises where no heartbeat is demanded. */
public interface WatchdogContract extends SidecarContract {

    private Watchdog watchdog() {
        return sidecar().watchdog();
    }

    @Test
    @Clause("WDG-01")
    default void saysWhatItIsDoing() {
        WatchdogReport report = watchdog().report();

        assertThat(report.state()).isIn(WatchdogState.IDLE, WatchdogState.WATCHING);
        assertThat(report.action()).isEqualTo(WatchdogAction.RESTART);
        assertThat(report.restarts()).isZero();
        assertThat(report.ceilings()).isEmpty();
    }

    @Test
    @Clause("WDG-02")
    default void countsHeartbeatsAlsoWhereNoneIsDemanded() {
        Instant before = Instant.now().minusSeconds(1);
        long count = watchdog().report().heartbeat().count();

        WatchdogReport after = watchdog().heartbeat();

        assertThat(after.heartbeat().count()).isEqualTo(count + 1);
        assertThat(after.heartbeat().lastAt()).isAfter(before);
        assertThat(after.heartbeat().timeoutMs()).isNull();
        assertThat(after.heartbeat().dueInMs()).isNull();
        assertThat(watchdog().report().heartbeat()).isEqualTo(after.heartbeat());
    }

    @Test
    @Clause("WDG-03")
    default void keepsTheLastWordsOfTheApplication() {
        watchdog().heartbeat("importing 3 of 7");

        assertThat(watchdog().heartbeat().app().status()).isEqualTo("importing 3 of 7");
    }

    @Test
    @Clause("WDG-04")
    default void refusesWordsThatAreTooMany() {
        long count = watchdog().report().heartbeat().count();

        assertThatThrownBy(() -> watchdog().heartbeat("x".repeat(1025)))
                .isInstanceOfSatisfying(
                        SidecarException.class, e -> assertThat(e.code()).isEqualTo("invalid-heartbeat"))
                .hasMessageContaining("status")
                .hasMessageContaining("1024");

        assertThat(watchdog().report().heartbeat().count()).isEqualTo(count);
    }

    @Test
    @Clause("WDG-05")
    default void aBreachedThresholdOfTheMonitorIsAnEvent() {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(watchdog().report().events()).anySatisfy(event -> {
                    assertThat(event.cause()).isEqualTo(Cause.THRESHOLD);
                    assertThat(event.action()).isEqualTo(WatchdogAction.LOG);
                    assertThat(event.detail()).contains(Setup.THRESHOLD, "app.rssBytes");
                }));
    }
}
