package dev.sidecar.autoconfigure.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;

class LogbackRecordsTest {

    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final Logger log = context.getLogger("shop.Orders");

    @BeforeEach
    void setUp() {
        context.setMDCAdapter(org.slf4j.MDC.getMDCAdapter());
        events.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(events);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(ch.qos.logback.classic.Level.ALL);
    }

    @AfterEach
    void tearDown() {
        MDC.clear();
        context.stop();
    }

    private LogRecord record() {
        return LogbackRecords.of(events.list.get(events.list.size() - 1));
    }

    @Test
    void keepsMessageLoggerThreadTimeAndLevel() {
        log.warn("order {} is late", 7);

        assertThat(record().body()).isEqualTo("order 7 is late");
        assertThat(record().scope()).isEqualTo("shop.Orders");
        assertThat(record().severity()).isEqualTo(Severity.WARN);
        assertThat(record().severityText()).isEqualTo("WARN");
        assertThat(record().source()).isEqualTo("slf4j");
        assertThat(record().timestamp()).isEqualTo(events.list.get(0).getInstant());
        assertThat(record().attributes())
                .containsEntry("thread.name", Thread.currentThread().getName());
    }

    @Test
    void hasASeverityForEachLevel() {
        log.trace("");
        log.debug("");
        log.info("");
        log.warn("");
        log.error("");

        assertThat(events.list)
                .extracting(event -> LogbackRecords.of(event).severity())
                .containsExactly(Severity.TRACE, Severity.DEBUG, Severity.INFO, Severity.WARN, Severity.ERROR);
    }

    @Test
    void keepsKeyValuePairsWithTheirTypes() {
        log.atInfo()
                .addKeyValue("order", 42)
                .addKeyValue("paid", true)
                .addKeyValue("currency", java.util.Currency.getInstance("EUR"))
                .addKeyValue("items", List.of("a", 2))
                .addKeyValue("who", Map.of("id", 1))
                .log("paid");

        assertThat(record().attributes())
                .containsEntry("order", 42)
                .containsEntry("paid", true)
                .containsEntry("currency", "EUR")
                .containsEntry("items", List.of("a", 2))
                .containsEntry("who", Map.of("id", 1));
    }

    @Test
    void copiesWhatTheApplicationMayChange() {
        List<String> items = new ArrayList<>(List.of("a"));
        log.atInfo().addKeyValue("items", items).log("paid");
        LogRecord record = record();
        items.add("b");

        assertThat(record.attributes()).containsEntry("items", List.of("a"));
    }

    @Test
    void survivesAValueThatCannotBeWritten() {
        log.atInfo()
                .addKeyValue("bad", new Object() {
                    @Override
                    public String toString() {
                        throw new IllegalStateException("no");
                    }
                })
                .log("paid");

        assertThat(record().attributes()).containsEntry("bad", "[toString() threw java.lang.IllegalStateException]");
    }

    @Test
    void survivesAListThatHoldsItself() {
        List<Object> items = new ArrayList<>();
        items.add(items);
        log.atInfo().addKeyValue("items", items).log("paid");

        assertThat(record().attributes().get("items").toString()).contains("…");
    }

    @Test
    void keepsMdcAndMarkers() {
        MDC.put("tenant", "acme");
        log.info(MarkerFactory.getMarker("AUDIT"), "changed");

        assertThat(record().attributes())
                .containsEntry("tenant", "acme")
                .containsEntry("logback.marker", List.of("AUDIT"));
    }

    @Test
    void takesTheTraceFromTheMdc() {
        MDC.put("traceId", "4BF92F3577B34DA6A3CE929D0E0E4736");
        MDC.put("spanId", "00f067aa0ba902b7");
        log.info("x");

        assertThat(record().traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(record().spanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(record().attributes()).doesNotContainKeys("traceId", "spanId");
    }

    @Test
    void takesTheTraceByItsOtherNames() {
        MDC.put("trace_id", "a3ce929d0e0e4736");
        MDC.put("span_id", "not a span");
        log.info("x");

        assertThat(record().traceId()).isEqualTo("0000000000000000a3ce929d0e0e4736");
        assertThat(record().spanId()).isNull();
        assertThat(record().attributes()).containsEntry("span_id", "not a span");
    }

    @Test
    void structuresAnExceptionWithCausesAndSuppressed() {
        Exception failure = new IllegalStateException("card refused", new java.io.IOException("bank away"));
        failure.addSuppressed(new RuntimeException("receipt lost"));
        log.error("payment", failure);

        assertThat(record().attributes())
                .containsEntry("exception.type", "java.lang.IllegalStateException")
                .containsEntry("exception.message", "card refused");
        assertThat(record().attributes().get("exception.stacktrace").toString())
                .startsWith("java.lang.IllegalStateException: card refused")
                .contains("at " + LogbackRecordsTest.class.getName())
                .contains("Caused by: java.io.IOException: bank away")
                .contains("Suppressed: java.lang.RuntimeException: receipt lost");
    }
}
