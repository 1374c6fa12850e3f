package dev.sidecar.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.logging.LoggingOptions.WhenFull;
import dev.sidecar.runtime.Threads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecordQueueTest {

    private static final long LONG = Duration.ofSeconds(30).toNanos();

    private final RecordQueue queue = new RecordQueue(100, 1 << 20, WhenFull.BLOCK, entry -> {});

    @Test
    void givesWhatIsInTheFileAlreadyTogetherWithWhatFollows() throws InterruptedException {
        LinkedBlockingQueue<List<RecordQueue.Entry>> taken = new LinkedBlockingQueue<>();
        RecordQueue.Entry delivered = RecordQueue.Entry.delivered(List.of(LogFixture.record("delivered")));
        RecordQueue.Entry fresh = RecordQueue.Entry.of(LogFixture.record("fresh"));
        queue.offer(delivered, Duration.ZERO);
        queue.offer(fresh, Duration.ZERO);
        Threads.named("taker", () -> {
                    try {
                        taken.add(queue.take(10, LONG));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                })
                .start();
        assertThat(taken.poll(10, TimeUnit.SECONDS)).containsExactly(delivered, fresh);
    }

    @Test
    void givesWhatIsInTheFileAlreadyAlsoWhenNothingFollows() throws InterruptedException {
        RecordQueue.Entry delivered = RecordQueue.Entry.delivered(List.of(LogFixture.record("delivered")));
        queue.offer(delivered, Duration.ZERO);
        assertThat(queue.take(10, LONG)).containsExactly(delivered);
    }

    @Test
    void whatAProxySaysOfARequestGathersUnlessItIsAWarning() {
        LogRecord.Builder request =
                LogRecord.builder().attributes(new RecordAttributes(1).add(AttributeKey.of("url.path"), "/"));

        assertThat(RecordQueue.Entry.of(request.build()).patient()).isTrue();
        assertThat(RecordQueue.Entry.of(request.severity(Severity.WARN).build()).patient())
                .isFalse();
        assertThat(RecordQueue.Entry.of(LogFixture.record("of the application")).patient())
                .isFalse();
    }
}
