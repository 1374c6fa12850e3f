package dev.sidecar.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The state machine, with the time told to it. */
class WatchdogMachineTest {

    private long now = Long.MAX_VALUE - 1_000_000_000L;

    private WatchdogMachine machine(@Nullable Duration heartbeat, Duration startPeriod, Map<Cause, Ceiling> ceilings) {
        WatchdogMachine machine = new WatchdogMachine(new WatchdogOptions(
                true, heartbeat, startPeriod, true, false, ceilings, false, WatchdogAction.RESTART, List.of()));
        machine.begin(42, now);
        return machine;
    }

    private WatchdogMachine beating() {
        return machine(Duration.ofSeconds(2), Duration.ZERO, Map.of());
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private List<Cause> found(List<Finding> findings) {
        return findings.stream().map(Finding::cause).toList();
    }

    @Test
    void findsAHeartbeatThatIsLateOnceAndNotBefore() {
        WatchdogMachine machine = beating();
        pass(Duration.ofMillis(1999));
        assertThat(machine.check(now)).isEmpty();
        pass(Duration.ofMillis(1));

        assertThat(machine.check(now))
                .containsExactly(new Finding.Trouble(Cause.HEARTBEAT, "no heartbeat for more than 2s"));
        assertThat(machine.isTroubled()).isTrue();
        assertThat(machine.check(now)).isEmpty();
        assertThat(machine.nextCheck(now)).isEmpty();
    }

    @Test
    void aHeartbeatPutsTheDeadlineOff() {
        WatchdogMachine machine = beating();
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofMillis(1500));
            assertThat(machine.check(now)).isEmpty();
            assertThat(machine.accept(new Notice.Heartbeat(), now)).isEmpty();
        }
        assertThat(machine.nextCheck(now)).hasValue(Duration.ofSeconds(2).toNanos());
    }

    @Test
    void heartbeatsThatComeAgainAreARecovery() {
        WatchdogMachine machine = beating();
        pass(Duration.ofSeconds(2));
        machine.check(now);

        assertThat(machine.accept(new Notice.Heartbeat(), now)).hasOnlyElementsOfType(Finding.Recovery.class);
        assertThat(machine.isTroubled()).isFalse();
    }

    @Test
    void theFirstHeartbeatMayTakeTheStartPeriod() {
        WatchdogMachine machine = machine(Duration.ofSeconds(2), Duration.ofSeconds(30), Map.of());
        pass(Duration.ofSeconds(29));
        assertThat(machine.check(now)).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(found(machine.check(now))).containsExactly(Cause.HEARTBEAT);
    }

    @Test
    void anExtensionHoldsWhateverHeartbeatsComeMeanwhile() {
        WatchdogMachine machine = beating();
        machine.accept(new Notice.Extend(Duration.ofSeconds(10)), now);
        pass(Duration.ofSeconds(1));
        machine.accept(new Notice.Heartbeat(), now);
        pass(Duration.ofMillis(8999));
        assertThat(machine.check(now)).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(found(machine.check(now))).containsExactly(Cause.HEARTBEAT);
    }

    @Test
    void anExtensionForEverIsBorne() {
        WatchdogMachine machine = beating();
        machine.accept(new Notice.Extend(Duration.ofSeconds(Long.MAX_VALUE / 1_000_000)), now);
        pass(Duration.ofDays(300));
        assertThat(machine.check(now)).isEmpty();
    }

    @Test
    void anotherTimeoutHoldsFromThenOnAndUntilTheNextStart() {
        WatchdogMachine machine = beating();
        machine.accept(new Notice.Timeout(Duration.ofMillis(500)), now);
        pass(Duration.ofMillis(500));
        assertThat(found(machine.check(now))).containsExactly(Cause.HEARTBEAT);

        machine.begin(43, now);
        assertThat(machine.timeoutMs()).isEqualTo(2000);
    }

    @Test
    void aTimeoutOfZeroDemandsNothingAnyMore() {
        WatchdogMachine machine = beating();
        machine.accept(new Notice.Timeout(Duration.ZERO), now);
        pass(Duration.ofDays(1));
        assertThat(machine.check(now)).isEmpty();
        assertThat(machine.timeoutMs()).isNull();
    }

    @Test
    void whoIsStoppingOrReleasedOwesNoHeartbeat() {
        WatchdogMachine stopping = beating();
        stopping.accept(new Notice.Phase(AppPhase.STOPPING), now);
        WatchdogMachine released = beating();
        released.end();
        pass(Duration.ofDays(1));

        assertThat(stopping.check(now)).isEmpty();
        assertThat(released.check(now)).isEmpty();
        assertThat(released.accept(new Notice.Trigger(), now)).isEmpty();
        assertThat(released.isWatching()).isFalse();
    }

    @Test
    void aTriggerIsTroubleAtOnce() {
        assertThat(found(beating().accept(new Notice.Trigger(), now))).containsExactly(Cause.TRIGGER);
    }

    @Test
    void aCeilingIsBrokenOnlyByWhatLasts() {
        WatchdogMachine machine =
                machine(null, Duration.ZERO, Map.of(Cause.MEMORY, new Ceiling(100, Duration.ofSeconds(30))));
        assertThat(machine.sample(Map.of(Cause.MEMORY, 101.0), now)).isEmpty();
        pass(Duration.ofSeconds(20));
        assertThat(machine.sample(Map.of(Cause.MEMORY, 100.0), now)).isEmpty();
        pass(Duration.ofSeconds(20));
        assertThat(machine.sample(Map.of(Cause.MEMORY, 500.0), now)).isEmpty();
        pass(Duration.ofSeconds(30));

        assertThat(machine.sample(Map.of(Cause.MEMORY, 200.0), now))
                .containsExactly(new Finding.Trouble(Cause.MEMORY, "memory is 200, more than 100, for 30s"));
        assertThat(machine.sample(Map.of(Cause.MEMORY, 200.0), now)).isEmpty();
        assertThat(machine.sample(Map.of(Cause.MEMORY, 50.0), now)).hasOnlyElementsOfType(Finding.Recovery.class);
    }

    @Test
    void whatCannotBeReadProvesNothing() {
        WatchdogMachine machine =
                machine(null, Duration.ZERO, Map.of(Cause.CPU, new Ceiling(1.5, Duration.ofSeconds(1))));
        machine.sample(Map.of(Cause.CPU, 2.0), now);
        pass(Duration.ofMillis(500));
        assertThat(machine.sample(Map.of(), now)).isEmpty();
        pass(Duration.ofMillis(500));
        assertThat(found(machine.sample(Map.of(Cause.CPU, 2.0), now))).containsExactly(Cause.CPU);
    }

    @Test
    void twoTroublesOfOneCauseAreTwo() {
        WatchdogMachine machine = beating();
        assertThat(machine.trouble("a", Cause.STALL, "a stalls")).hasSize(1);
        assertThat(machine.trouble("b", Cause.STALL, "b stalls")).hasSize(1);
        machine.recovered("a", Cause.STALL, "a runs");
        assertThat(machine.isTroubled()).isTrue();
    }

    @Test
    void aNewProcessBeginsWithoutTroubleAndWithoutWords() {
        WatchdogMachine machine = beating();
        machine.accept(new Notice.Status("old"), now);
        machine.accept(new Notice.Phase(AppPhase.READY), now);
        machine.accept(new Notice.Errno(5), now);
        pass(Duration.ofSeconds(9));
        machine.check(now);

        machine.begin(43, now);

        assertThat(machine.isTroubled()).isFalse();
        assertThat(machine.app()).isEqualTo(new AppReport(43L, AppPhase.UNKNOWN, null, null));
    }
}
