package dev.sidecar.tck.logging;

import static dev.sidecar.tck.logging.Recent.awaitMarked;
import static dev.sidecar.tck.logging.Recent.marked;
import static dev.sidecar.tck.logging.Recent.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Subscription;
import dev.sidecar.logging.LogPage;
import dev.sidecar.logging.LogQuery;
import dev.sidecar.logging.LogReceipt;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.Severity;
import dev.sidecar.tck.Clause;
import dev.sidecar.tck.Fresh;
import dev.sidecar.tck.Refusals;
import dev.sidecar.tck.Setup;
import dev.sidecar.tck.SidecarContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@link dev.sidecar.logging.Logs} promises, whoever delivers it. */
public interface LogsContract extends SidecarContract {

    Duration SOON = Duration.ofSeconds(5);

    @Test
    @Clause("LOG-01")
    default void keepsEveryFieldOfARecord() {
        String mark = Fresh.name("mark");
        Instant when = Instant.parse("2026-01-02T03:04:05.123456789Z");
        LogRecord written = record(mark, "order taken")
                .timestamp(when)
                .severityNumber(10)
                .severityText("notice")
                .traceId("0af7651916cd43dd8448eb211c80319c")
                .spanId("b7ad6b7169203331")
                .traceFlags(1)
                .scope("shop.orders")
                .eventName("order.taken")
                .build();

        sidecar().logs().write(List.of(written));

        LogRecord read = awaitMarked(sidecar(), mark, 1).get(0);
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("observedTimestamp", "resource", "source")
                .isEqualTo(written);
    }

    @Test
    @Clause("LOG-02")
    default void keepsBodiesAndAttributesOfEveryKind() {
        String mark = Fresh.name("mark");
        Map<String, Object> attributes = Map.of(
                "mark",
                mark,
                "text",
                "käse 🧀",
                "whole",
                42L,
                "broken",
                0.5,
                "yes",
                true,
                "list",
                List.of("a", 1L, false),
                "map",
                Map.of("inner", Map.of("deep", "value")));
        Object body = Map.of("order", 7L, "lines", List.of(Map.of("sku", "tea", "count", 2L)));

        sidecar()
                .logs()
                .write(List.of(
                        LogRecord.builder().body(body).attributes(attributes).build()));

        LogRecord read = awaitMarked(sidecar(), mark, 1).get(0);
        assertThat(Recent.plain(read.body())).isEqualTo(body);
        assertThat(Recent.plain(read.attributes())).isEqualTo(attributes);
    }

    @Test
    @Clause("LOG-03")
    default void saysWhoWroteIt() {
        String mark = Fresh.name("mark");

        sidecar().logs().log(record(mark, "hello").build());

        assertThat(awaitMarked(sidecar(), mark, 1).get(0).resource())
                .containsEntry("service.name", Setup.NAME)
                .containsEntry("service.instance.id", Setup.INSTANCE)
                .containsKey("host.name");
    }

    @Test
    @Clause("LOG-04")
    default void hidesTheUsualSecrets() {
        String mark = Fresh.name("mark");
        Map<String, Object> attributes = Map.of(
                "mark",
                mark,
                "password",
                "hunter2",
                "Authorization",
                "Bearer hunter2",
                "nested",
                Map.of("secret", "hunter2", "plain", "shown"));

        sidecar()
                .logs()
                .write(List.of(
                        LogRecord.builder().body("login").attributes(attributes).build()));

        LogRecord read = awaitMarked(sidecar(), mark, 1).get(0);
        assertThat(read.toString()).doesNotContain("hunter2").contains("shown");
        assertThat(read.attributes()).containsKeys("password", "Authorization", "nested");
    }

    @Test
    @Clause("LOG-05")
    default void hidesWhatTheConfigurationAdds() {
        String mark = Fresh.name("mark");
        Map<String, Object> attributes = Map.of("mark", mark, Setup.REDACTED_KEY, "9876", "note", "paid by card-1234");

        sidecar()
                .logs()
                .write(List.of(LogRecord.builder()
                        .body("card-5678 charged")
                        .attributes(attributes)
                        .build()));

        LogRecord read = awaitMarked(sidecar(), mark, 1).get(0);
        assertThat(read.toString())
                .doesNotContain("9876")
                .doesNotContain("card-1234")
                .doesNotContain("card-5678");
        assertThat(String.valueOf(read.body())).endsWith(" charged");
    }

    @Test
    @Clause("LOG-06")
    default void readsTheSameAsThroughTheLibrary() {
        String mark = Fresh.name("mark");

        List<LogRecord> here = SameRecords.through(sidecar(), mark);
        List<LogRecord> there = SameRecords.throughALibrary(mark);

        assertThat(here)
                .usingRecursiveComparison()
                .ignoringFields("observedTimestamp", "source", "resource")
                .isEqualTo(there);
    }

    @Test
    @Clause(value = "LOG-07", mayDiffer = "the source is the caller's own in the library and 'api' through the process")
    default void saysHowItCameIn() {
        String mark = Fresh.name("mark");

        sidecar().logs().log(record(mark, "hello").source("app").build());

        assertThat(awaitMarked(sidecar(), mark, 1).get(0).source()).isIn("app", "api");
    }

    @Test
    @Clause("LOG-08")
    default void keepsTheOrderOfOneSource() {
        String mark = Fresh.name("mark");

        IntStream.range(0, 300)
                .forEach(i -> sidecar().logs().log(record(mark, "line " + i).build()));

        assertThat(awaitMarked(sidecar(), mark, 300))
                .extracting(LogRecord::body)
                .isEqualTo(lines(300));
    }

    @Test
    @Clause("LOG-09")
    default void givesTheNewestUpToTheLimitNewestLast() {
        String mark = Fresh.name("mark");
        sidecar()
                .logs()
                .write(IntStream.range(0, 20)
                        .mapToObj(i -> record(mark, "line " + i).build())
                        .toList());
        awaitMarked(sidecar(), mark, 20);

        List<LogRecord> newest = sidecar().logs().recent(new LogQuery(3, null, null, mark));

        assertThat(newest).extracting(LogRecord::body).containsExactly("line 17", "line 18", "line 19");
    }

    @Test
    @Clause("LOG-10")
    default void givesASeverityAndAbove() {
        String mark = Fresh.name("mark");
        for (Severity severity : List.of(Severity.DEBUG, Severity.INFO, Severity.WARN, Severity.ERROR)) {
            sidecar()
                    .logs()
                    .log(record(mark, severity.name()).severity(severity).build());
        }
        awaitMarked(sidecar(), mark, 4);

        assertThat(sidecar().logs().recent(new LogQuery(100, Severity.WARN, null, mark)))
                .extracting(LogRecord::body)
                .containsExactly("WARN", "ERROR");
    }

    @Test
    @Clause("LOG-11")
    default void givesWhatContainsATextInBodyOrAttributesInAnyCase() {
        String word = Fresh.name("needle");
        sidecar()
                .logs()
                .write(List.of(
                        LogRecord.builder().body("a " + word + " in the body").build(),
                        LogRecord.builder()
                                .body("attribute")
                                .attributes(Map.of("found", word))
                                .build(),
                        LogRecord.builder().body("hay").build()));

        await().atMost(SOON).untilAsserted(() -> assertThat(marked(sidecar(), word.toUpperCase(java.util.Locale.ROOT)))
                .extracting(LogRecord::body)
                .containsExactly("a " + word + " in the body", "attribute"));
    }

    @Test
    @Clause("LOG-12")
    default void givesWhatWasObservedSince() {
        String mark = Fresh.name("mark");
        sidecar().logs().write(List.of(record(mark, "before").build()));
        Instant first = awaitMarked(sidecar(), mark, 1).get(0).observedTimestamp();
        await().until(() -> Instant.now().isAfter(first.plusMillis(5)));
        sidecar().logs().write(List.of(record(mark, "after").build()));
        awaitMarked(sidecar(), mark, 2);

        assertThat(sidecar().logs().recent(new LogQuery(100, null, first.plusMillis(1), mark)))
                .extracting(LogRecord::body)
                .containsExactly("after");
    }

    @Test
    @Clause("LOG-13")
    default void refusesALimitOutOfRange() {
        for (int limit : new int[] {0, -1, 1001}) {
            Refusals.assertRefused(
                    sidecar(), "invalid-query", s -> s.logs().recent(new LogQuery(limit, null, null, null)));
        }
    }

    @Test
    @Clause("LOG-14")
    default void acknowledgesABatchOnceItWillSurvive() {
        String mark = Fresh.name("mark");

        LogReceipt receipt = sidecar()
                .logs()
                .write(List.of(record(mark, "one").build(), record(mark, "two").build()));

        assertThat(receipt).isEqualTo(LogReceipt.accepted(2));
        assertThat(Recent.inTheFile(home(), mark)).isEqualTo(2);
    }

    @Test
    @Clause("LOG-15")
    default void takesAnEmptyBatch() {
        assertThat(sidecar().logs().write(List.of())).isEqualTo(LogReceipt.accepted(0));
    }

    @Test
    @Clause("LOG-16")
    default void flushWaitsUntilEverythingIsWithTheSinks() {
        String mark = Fresh.name("mark");
        IntStream.range(0, 100)
                .forEach(i -> sidecar().logs().log(record(mark, "line " + i).build()));

        assertThat(sidecar().logs().flush(SOON)).isTrue();

        assertThat(marked(sidecar(), mark)).hasSize(100);
        assertThat(Recent.inTheFile(home(), mark)).isEqualTo(100);
    }

    @Test
    @Clause("LOG-17")
    default void logNeverThrows() {
        String mark = Fresh.name("mark");
        List<LogRecord> odd = new ArrayList<>();
        odd.add(LogRecord.builder().body(null).attributes(Map.of("mark", mark)).build());
        odd.add(record(mark, Double.NaN).build());
        odd.add(record(mark, "\ud800 half a character \u0000\u001b[31m").build());
        odd.add(record(mark, new Object()).build());
        odd.add(record(mark, "x".repeat(2 << 20)).build());
        odd.add(record(mark, "ids").traceId("nonsense").spanId("").build());

        assertThatCode(() -> odd.forEach(sidecar().logs()::log)).doesNotThrowAnyException();

        sidecar().logs().log(record(mark, "still here").build());
        await().atMost(SOON).untilAsserted(() -> assertThat(marked(sidecar(), mark))
                .extracting(LogRecord::body)
                .contains("still here"));
    }

    @Test
    @Clause("LOG-18")
    default void followsWhatMatchesInOrder() {
        String mark = Fresh.name("mark");
        List<Object> seen = Collections.synchronizedList(new ArrayList<>());
        LogQuery warnings = new LogQuery(100, Severity.WARN, null, mark);
        try (Subscription ignored = sidecar().logs().follow(warnings, r -> seen.add(String.valueOf(r.body())))) {
            awaitStream(mark, seen);

            for (int i = 0; i < 50; i++) {
                sidecar()
                        .logs()
                        .log(record(mark, "quiet " + i).severity(Severity.INFO).build());
                sidecar()
                        .logs()
                        .log(record(mark, "line " + i).severity(Severity.WARN).build());
            }

            await().atMost(SOON).untilAsserted(() -> assertThat(seen).contains("line 49"));
            assertThat(seen.stream().filter(body -> !"probe".equals(body))).containsExactlyElementsOf(lines(50));
        }
    }

    @Test
    @Clause("LOG-19")
    default void callsNobodyAfterAFollowIsClosed() {
        String mark = Fresh.name("mark");
        List<Object> seen = Collections.synchronizedList(new ArrayList<>());
        LogQuery all = new LogQuery(100, null, null, mark);
        Subscription subscription = sidecar().logs().follow(all, r -> seen.add(String.valueOf(r.body())));
        awaitStream(mark, seen);

        subscription.close();
        subscription.close();
        int before = seen.size();
        sidecar().logs().write(List.of(record(mark, "unheard").build()));
        awaitMarked(sidecar(), mark, before + 1);

        assertThat(seen).hasSizeGreaterThanOrEqualTo(before).doesNotContain("unheard");
    }

    @Test
    @Clause("LOG-20")
    default void aListenerThatThrowsIsCalledAgain() {
        String mark = Fresh.name("mark");
        List<Object> seen = Collections.synchronizedList(new ArrayList<>());
        try (Subscription ignored = sidecar().logs().follow(new LogQuery(100, null, null, mark), r -> {
            seen.add(String.valueOf(r.body()));
            throw new IllegalStateException("a listener's own fault");
        })) {
            awaitStream(mark, seen);
            sidecar().logs().log(record(mark, "next").build());
            await().atMost(SOON).untilAsserted(() -> assertThat(seen).contains("next"));
        }
    }

    @Test
    @Clause("LOG-21")
    default void givesTheRecordsAPageAtATimeFromTheNewestOn() {
        String mark = Fresh.name("mark");
        for (int i = 0; i < 5; i++) {
            sidecar().logs().write(List.of(record(mark, "line " + i).build()));
        }
        awaitMarked(sidecar(), mark, 5);
        LogQuery two = new LogQuery(2, null, null, mark);

        LogPage newest = sidecar().logs().page(two, null);
        LogPage middle = sidecar().logs().page(two, newest.cursor());
        LogPage oldest = sidecar().logs().page(two, middle.cursor());

        assertThat(newest.records()).extracting(LogRecord::body).containsExactly("line 3", "line 4");
        assertThat(middle.records()).extracting(LogRecord::body).containsExactly("line 1", "line 2");
        assertThat(oldest.records()).extracting(LogRecord::body).containsExactly("line 0");
        assertThat(oldest.cursor()).isNull();
        Refusals.assertRefused(
                sidecar(), "invalid-query", sidecar -> sidecar.logs().page(two, "yesterday"));
    }

    private void awaitStream(String mark, List<Object> seen) {
        await("a followed record").atMost(SOON).until(() -> {
            sidecar().logs().log(record(mark, "probe").severity(Severity.ERROR).build());
            return seen.contains("probe");
        });
    }

    private static List<Object> lines(int count) {
        return IntStream.range(0, count).<Object>mapToObj(i -> "line " + i).toList();
    }
}
