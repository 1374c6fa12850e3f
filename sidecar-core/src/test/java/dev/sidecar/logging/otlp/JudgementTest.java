package dev.sidecar.logging.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgementTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final byte[] NOTHING = {};

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void asksForAnotherTryOnlyWhereTheProtocolDoes(int status) {
        assertThat(Judgement.of(new Answer(status, null, NOTHING), CLOCK)).isInstanceOf(Verdict.Again.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 404, 408, 413, 500, 501, 505})
    void givesUpOnEveryOtherRefusal(int status) {
        assertThat(Judgement.of(new Answer(status, "1", NOTHING), CLOCK)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void waitsForAsManySecondsAsItIsTold() {
        assertThat(Judgement.retryAfter("7", NOW)).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void waitsUntilTheDateItIsTold() {
        assertThat(Judgement.retryAfter("Sat, 31 Jan 2026 12:00:30 GMT", NOW)).isEqualTo(Duration.ofSeconds(30));
        assertThat(Judgement.retryAfter("Sat, 31 Jan 2026 11:00:00 GMT", NOW)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "Sat, 31 Jan"})
    void choosesItsOwnWaitWhenTheHeaderIsNoWait(String value) {
        assertThat(Judgement.retryAfter(value, NOW)).isNull();
    }

    @Test
    void readsThePartialSuccess() {
        byte[] body = ExportLogsServiceResponse.newBuilder()
                .setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
                        .setRejectedLogRecords(300)
                        .setErrorMessage("too old"))
                .build()
                .toByteArray();

        assertThat(Judgement.of(new Answer(200, null, body), CLOCK)).isEqualTo(new Verdict.Taken(300, "too old"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "<html>hello</html>", "\n\u007f"})
    void takes200ForTakenWhateverElseItSays(String body) {
        assertThat(Judgement.of(new Answer(200, null, body.getBytes(java.nio.charset.StandardCharsets.UTF_8)), CLOCK))
                .isEqualTo(new Verdict.Taken(0, ""));
    }
}
