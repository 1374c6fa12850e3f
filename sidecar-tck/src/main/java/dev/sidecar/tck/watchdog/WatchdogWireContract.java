package dev.sidecar.tck.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.tck.Clause;
import dev.sidecar.tck.wire.Answer;
import dev.sidecar.tck.wire.WireContract;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The watchdog in plain HTTP. */
public interface WatchdogWireContract extends WireContract {

    @Test
    @Clause("WDG-01")
    default void saysWhatItIsDoing() {
        JsonNode report = http().get("/v1/watchdog").expect(200).json();

        assertThat(report.path("state").asString()).isIn("idle", "watching");
        assertThat(report.path("action").asString()).isEqualTo("restart");
        assertThat(report.path("restarts").asInt(-1)).isZero();
        assertThat(report.path("app").path("phase").asString()).isEqualTo("unknown");
        assertThat(report.path("ceilings").isArray()).isTrue();
        assertThat(report.path("events").isArray()).isTrue();
    }

    @Test
    @Clause("WDG-02")
    default void countsHeartbeatsAlsoWhereNoneIsDemanded() {
        long count = count();

        JsonNode heartbeat =
                http().put("/v1/watchdog/heartbeat", "{}").expect(200).json().path("heartbeat");

        assertThat(heartbeat.path("count").asLong()).isEqualTo(count + 1);
        assertThat(Instant.parse(heartbeat.path("lastAt").asString()))
                .isBefore(Instant.now().plusSeconds(1));
        assertThat(heartbeat.has("dueInMs")).isFalse();
    }

    @Test
    @Clause("WDG-03")
    default void keepsTheLastWordsOfTheApplication() {
        http().put("/v1/watchdog/heartbeat", "{\"status\":\"importing 3 of 7\"}")
                .expect(200);

        assertThat(http().get("/v1/watchdog").json().path("app").path("status").asString())
                .isEqualTo("importing 3 of 7");
    }

    @Test
    @Clause("WDG-04")
    default void refusesWordsThatAreTooMany() {
        long count = count();

        Answer answer = http().put("/v1/watchdog/heartbeat", "{\"status\":\"" + "x".repeat(1025) + "\"}");

        answer.expectProblem(400, "invalid-heartbeat");
        assertThat(count()).isEqualTo(count);
    }

    @Test
    @Clause("WDG-50")
    default void aHeartbeatNeedsNoBody() {
        long count = count();

        http().put("/v1/watchdog/heartbeat", "").expect(200);

        assertThat(count()).isEqualTo(count + 1);
    }

    @Test
    @Clause("WDG-51")
    default void refusesFieldsAHeartbeatDoesNotHave() {
        http().put("/v1/watchdog/heartbeat", "{\"state\":\"fine\"}").expectProblem(400, "unknown-field");
    }

    private long count() {
        return http().get("/v1/watchdog")
                .expect(200)
                .json()
                .path("heartbeat")
                .path("count")
                .asLong();
    }
}
