package dev.sidecar.server.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.LifecycleState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairLifecycleTest {

    private final List<String> seen = new ArrayList<>();
    private final PairLifecycle lifecycle =
            new PairLifecycle(new SimpleMeterRegistry(), () -> seen.add("out of traffic"));

    private final PairLifecycle.Listener listener = new PairLifecycle.Listener() {
        @Override
        public void drainRequested() {
            seen.add("drain");
        }

        @Override
        public void shutdownRequested(String reason) {
            seen.add("shutdown: " + reason);
        }
    };

    @Test
    void isOutOfTrafficBeforeAnybodyIsTold() {
        lifecycle.listen(listener);

        lifecycle.drain();

        assertThat(seen).containsExactly("out of traffic", "drain");
        assertThat(lifecycle.state()).isEqualTo(LifecycleState.DRAINING);
    }

    @Test
    void aStopThatFollowsADrainChangesNothingInThat() {
        lifecycle.drain();

        lifecycle.moveTo(LifecycleState.DRAINING, "a stop");

        assertThat(seen).containsExactly("out of traffic");
    }

    @Test
    void tellsALateListenerWhatWasAskedForBefore() {
        lifecycle.drain();
        lifecycle.requestShutdown("because");

        lifecycle.listen(listener);

        assertThat(seen).containsExactly("out of traffic", "drain", "shutdown: because");
    }

    @Test
    void doesNotGoBackFromDrainingOrFromTheEnd() {
        lifecycle.drain();
        lifecycle.moveTo(LifecycleState.READY, "late");
        assertThat(lifecycle.state()).isEqualTo(LifecycleState.DRAINING);

        lifecycle.moveTo(LifecycleState.STOPPED, "over");
        lifecycle.drain();
        assertThat(lifecycle.state()).isEqualTo(LifecycleState.STOPPED);
    }
}
