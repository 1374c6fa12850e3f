package dev.sidecar.tck.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.discovery.Registration;
import dev.sidecar.tck.Clause;
import dev.sidecar.tck.Fresh;
import dev.sidecar.tck.SidecarContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What becomes of calls to a neighbour, with upstreams that misbehave on real sockets. The subject has the policy
 * {@link #POLICY} for services that have none of their own.
 */
public interface CallsContract extends SidecarContract {

    /** The properties the subject is started with. */
    Map<String, String> POLICY = Map.of(
            "sidecar.resilience.defaults.timeout", "3s",
            "sidecar.resilience.defaults.try-timeout", "1s",
            "sidecar.resilience.defaults.retries.max", "1");

    /**
     * What the application got.
     *
     * @param reason of the header {@code Sidecar-Reason}; null without it
     */
    record Outcome(int status, @Nullable String reason, @Nullable String retryAfter, String body) {}

    /**
     * What was left behind of a call.
     *
     * @param severity {@code INFO} or {@code WARN}
     */
    record Recorded(String severity, Map<String, Object> attributes) {}

    /** The one record of the calls to the service. */
    Recorded record(String service);

    /** A request as the application sends it, by the name of the service; POST has a short body. */
    Outcome send(String method, String service, String path);

    @Test
    @Clause("RES-10")
    default void passesTheUpstreamsAnswerOnUnchanged() {
        try (HostileUpstream upstream = HostileUpstream.start(HostileUpstream.answer(418, "X-Own: 1", "short"))) {
            Outcome outcome = send("GET", registered(upstream), "/pot?a=b");

            assertThat(outcome.status()).isEqualTo(418);
            assertThat(outcome.body()).isEqualTo("short");
            assertThat(outcome.reason()).isNull();
            assertThat(upstream.requests()).isEqualTo(1);
        }
    }

    @Test
    @Clause("RES-11")
    default void anUnknownServiceIsSaidAtOnce() {
        Instant start = Instant.now();

        Outcome outcome = send("GET", Fresh.name("nobody"), "/");

        assertThat(outcome.status()).isEqualTo(503);
        assertThat(outcome.reason()).isEqualTo("unknown-service");
        assertThat(outcome.retryAfter()).isNotNull();
        assertThat(outcome.body()).contains("\"code\":\"unknown-service\"");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    @Clause("RES-12")
    default void triesAnIdempotentCallAgain() {
        HostileUpstream.Behaviour once = HostileUpstream.first(
                1, HostileUpstream.answer(503, "", "busy"), HostileUpstream.answer(200, "", "fine"));
        try (HostileUpstream upstream = HostileUpstream.start(once)) {
            Outcome outcome = send("GET", registered(upstream), "/");

            assertThat(outcome.status()).isEqualTo(200);
            assertThat(outcome.body()).isEqualTo("fine");
            assertThat(upstream.requests()).isEqualTo(2);
        }
    }

    @Test
    @Clause("RES-13")
    default void neverSendsAPostTwice() {
        try (HostileUpstream upstream = HostileUpstream.start(HostileUpstream.answer(503, "", "busy"))) {
            Outcome outcome = send("POST", registered(upstream), "/");

            assertThat(outcome.status()).isEqualTo(503);
            assertThat(outcome.body()).isEqualTo("busy");
            assertThat(outcome.reason()).isNull();
            assertThat(upstream.requests()).isEqualTo(1);
        }
    }

    @Test
    @Clause("RES-14")
    default void doesNotWaitLongerThanTheTryMayTake() {
        try (HostileUpstream upstream = HostileUpstream.start(HostileUpstream.silence())) {
            Instant start = Instant.now();

            Outcome outcome = send("POST", registered(upstream), "/");

            assertThat(outcome.status()).isEqualTo(504);
            assertThat(outcome.reason()).isEqualTo("upstream-timeout");
            assertThat(Duration.between(start, Instant.now())).isBetween(Duration.ofMillis(900), Duration.ofSeconds(3));
        }
    }

    @Test
    @Clause("RES-15")
    default void aRefusedConnectionIsSaid() throws IOException {
        int nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }
        Outcome outcome = send("POST", registered(nobody), "/");

        assertThat(outcome.status()).isEqualTo(502);
        assertThat(outcome.reason()).isEqualTo("connect-failed");
    }

    @Test
    @Clause("RES-16")
    default void leavesADeadUpstreamAlone() {
        try (HostileUpstream upstream = HostileUpstream.start(HostileUpstream.answer(500, "", "no"))) {
            String service = registered(upstream);
            for (int i = 0; i < 20; i++) {
                assertThat(send("POST", service, "/").status()).isEqualTo(500);
            }

            Outcome outcome = send("POST", service, "/");

            assertThat(outcome.status()).isEqualTo(503);
            assertThat(outcome.reason()).isEqualTo("circuit-open");
            assertThat(Integer.parseInt(String.valueOf(outcome.retryAfter()))).isBetween(1, 5);
            assertThat(upstream.requests()).isEqualTo(20);
        }
    }

    @Test
    @Clause("RES-17")
    default void neverTriesAgainMoreThanTheBudgetAllows() {
        HostileUpstream.Behaviour half = (connection, number) ->
                HostileUpstream.answer(number % 2 == 0 ? 200 : 503, "", "").treat(connection, number);
        try (HostileUpstream upstream = HostileUpstream.start(half)) {
            String service = registered(upstream);
            for (int i = 0; i < 100; i++) {
                send("GET", service, "/");
            }
            assertThat(upstream.requests()).isBetween(101, 100 + 20 + 10);
        }
    }

    @Test
    @Clause("RES-18")
    default void leavesOutTheInstanceThatFails() {
        try (HostileUpstream sick = HostileUpstream.start(HostileUpstream.answer(500, "", "no"));
                HostileUpstream well = HostileUpstream.start(HostileUpstream.answer(200, "", "fine"))) {
            String service = registered(sick);
            register(service, "well", well.port());
            for (int i = 0; i < 40; i++) {
                send("GET", service, "/");
            }

            int before = sick.requests();
            for (int i = 0; i < 10; i++) {
                assertThat(send("GET", service, "/").status()).isEqualTo(200);
            }

            assertThat(sick.requests()).isEqualTo(before).isLessThan(10);
        }
    }

    @Test
    @Clause("RES-20")
    default void leavesOneRecordOfACall() {
        HostileUpstream.Behaviour fine = HostileUpstream.answer(200, "", "fine");
        HostileUpstream.Behaviour busy = HostileUpstream.answer(503, "", "busy");
        try (HostileUpstream upstream = HostileUpstream.start(HostileUpstream.first(1, fine, busy))) {
            String well = registered(upstream);
            send("GET", well, "/logged?secret=1");
            String sick = registered(upstream);
            send("GET", sick, "/logged");
            String nobody = Fresh.name("nobody");
            send("GET", nobody, "/logged");

            Recorded first = record(well);
            assertThat(first.severity()).isEqualTo("INFO");
            assertThat(first.attributes())
                    .containsEntry("http.request.method", "GET")
                    .containsEntry("sidecar.route", well)
                    .containsEntry("server.address", "127.0.0.1")
                    .doesNotContainKey("sidecar.reason");
            assertThat(String.valueOf(first.attributes().get("url.path"))).endsWith("/logged");
            assertThat(first.attributes().get("sidecar.duration_ms")).isInstanceOf(Double.class);
            assertThat(number(first, "server.port")).isEqualTo(upstream.port());
            assertThat(number(first, "http.response.status_code")).isEqualTo(200);
            assertThat(number(first, "sidecar.tries")).isEqualTo(1);
            Recorded second = record(sick);
            assertThat(second.severity()).isEqualTo("WARN");
            assertThat(number(second, "http.response.status_code")).isEqualTo(503);
            assertThat(number(second, "sidecar.tries")).isEqualTo(2);
            assertThat(second.attributes()).containsEntry("sidecar.retry_denied", "retries-exhausted");
            Recorded third = record(nobody);
            assertThat(third.severity()).isEqualTo("WARN");
            assertThat(third.attributes())
                    .containsEntry("sidecar.reason", "unknown-service")
                    .doesNotContainKey("server.address");
        }
    }

    private static int number(Recorded record, String attribute) {
        return record.attributes().get(attribute) instanceof Number number ? number.intValue() : -1;
    }

    @Test
    @Clause("RES-21")
    default void aResetIsSaidAndAnotherCallIsNotHurt() {
        try (HostileUpstream upstream = HostileUpstream.start(HostileUpstream.reset());
                HostileUpstream well = HostileUpstream.start(HostileUpstream.answer(200, "", "fine"))) {
            Outcome outcome = send("POST", registered(upstream), "/");

            assertThat(outcome.status()).isEqualTo(502);
            assertThat(outcome.reason()).isEqualTo("upstream-reset");
            assertThat(send("GET", registered(well), "/").body()).isEqualTo("fine");
        }
    }

    @Test
    @Clause("RES-22")
    default void whatIsNoHttpIsSaid() {
        try (HostileUpstream upstream =
                HostileUpstream.start(HostileUpstream.bytes("220 smtp.example ready\r\n\r\n"))) {
            Outcome outcome = send("POST", registered(upstream), "/");

            assertThat(outcome.status()).isEqualTo(502);
            // Some HTTP clients say no more than that there was no answer.
            assertThat(outcome.reason()).isIn("upstream-protocol-error", "upstream-reset");
        }
    }

    @Test
    @Clause("RES-23")
    default void aHeadWithoutEndIsNotWaitedFor() {
        try (HostileUpstream upstream = HostileUpstream.start(HostileUpstream.endlessHead())) {
            Instant start = Instant.now();

            Outcome outcome = send("POST", registered(upstream), "/");

            assertThat(outcome.status()).isIn(502, 504);
            assertThat(outcome.reason()).isIn("upstream-protocol-error", "upstream-timeout", "upstream-reset");
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(3));
        }
    }

    private String registered(HostileUpstream upstream) {
        return registered(upstream.port());
    }

    private String registered(int port) {
        String service = Fresh.name("neighbour");
        register(service, "one", port);
        return service;
    }

    private void register(String service, String instance, int port) {
        sidecar()
                .discovery()
                .register(new Registration(
                        service, instance, "127.0.0.1", port, false, Map.of(), Registration.DEFAULT_TTL, true));
    }
}
