package dev.sidecar.server.logging.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLineTest {

    private static final Instant WHEN = Instant.parse("2026-01-31T12:00:00.123Z");

    @Test
    void readsPino() {
        LogRecord record = parse(
                """
                {"level":50,"time":1769860800123,"pid":12,"hostname":"box","name":"orders","msg":"refused",\
                "err":{"type":"TypeError","message":"x is not a function","stack":"TypeError: x\\n    at f","code":7}}
                """);

        assertThat(record.severity()).isEqualTo(Severity.ERROR);
        assertThat(record.severityText()).isEqualTo("50");
        assertThat(record.timestamp()).isEqualTo(WHEN);
        assertThat(record.body()).isEqualTo("refused");
        assertThat(record.scope()).isEqualTo("orders");
        assertThat(record.attributes())
                .containsEntry("pid", 12L)
                .containsEntry("hostname", "box")
                .containsEntry("exception.type", "TypeError")
                .containsEntry("exception.message", "x is not a function")
                .containsEntry("exception.stacktrace", "TypeError: x\n    at f")
                .containsEntry("err", Map.of("code", 7L));
    }

    @Test
    void readsEcsNested() {
        LogRecord record = parse(
                """
                {"@timestamp":"2026-01-31T12:00:00.123Z","log":{"level":"WARN","logger":"a.B"},"message":"slow",\
                "trace":{"id":"0af7651916cd43dd8448eb211c80319c"},"span":{"id":"b7ad6b7169203331"},\
                "process":{"pid":1,"thread":{"name":"main"}},\
                "error":{"type":"a.E","message":"why","stack_trace":"a.E: why"},"ecs":{"version":"8.11"}}
                """);

        assertThat(record)
                .extracting(
                        LogRecord::severity, LogRecord::scope, LogRecord::body, LogRecord::traceId, LogRecord::spanId)
                .containsExactly(Severity.WARN, "a.B", "slow", "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");
        assertThat(record.timestamp()).isEqualTo(WHEN);
        assertThat(record.attributes())
                .containsOnly(
                        Map.entry("process", Map.of("pid", 1L)),
                        Map.entry("thread.name", "main"),
                        Map.entry("exception.type", "a.E"),
                        Map.entry("exception.message", "why"),
                        Map.entry("exception.stacktrace", "a.E: why"));
    }

    @Test
    void readsEcsDotted() {
        LogRecord record = parse(
                """
                {"@timestamp":"2026-01-31T12:00:00.123Z","log.level":"info","message":"m","log.logger":"a.B",\
                "trace.id":"0af7651916cd43dd8448eb211c80319c","error.stack_trace":"a.E: why","ecs.version":"1.6.0"}
                """);

        assertThat(record)
                .extracting(LogRecord::severity, LogRecord::scope, LogRecord::traceId)
                .containsExactly(Severity.INFO, "a.B", "0af7651916cd43dd8448eb211c80319c");
        assertThat(record.attributes()).containsOnly(Map.entry("exception.stacktrace", "a.E: why"));
    }

    @Test
    void keepsATextOfAnErrorThatIsNoStackTrace() {
        LogRecord record = parse("{\"msg\":\"m\",\"error\":\"timeout\",\"ts\":1769860800.123}");

        assertThat(record.attributes()).containsOnly(Map.entry("error", "timeout"));
        assertThat(record.timestamp()).isEqualTo(WHEN);
    }

    @Test
    void anObjectWithoutAMessageIsTheBody() {
        assertThat(parse("{\"a\":[1,true,null],\"level\":\"info\"}").body()).isEqualTo(expected());
    }

    private static Map<String, Object> expected() {
        return Map.of("a", java.util.Arrays.asList(1L, true, null), "level", "info");
    }

    @Test
    void leavesWhatItCannotReadInTheAttributes() {
        LogRecord record = parse("{\"msg\":\"m\",\"level\":\"loud\",\"time\":\"noon\",\"name\":7}");

        assertThat(record.severity()).isEqualTo(Severity.INFO);
        assertThat(record.attributes())
                .containsOnly(Map.entry("level", "loud"), Map.entry("time", "noon"), Map.entry("name", 7L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}x", "[1]", "{a}", "{\"a\":1", "plain", "{\"a\":1}}", "{\"time\":1e999999999}x"})
    void isNotJson(String line) {
        assertThat(JsonLine.parse(line)).isNull();
    }

    @Test
    void survivesNumbersAndDepthsNobodyMeans() {
        assertThat(parse("{\"msg\":\"m\",\"time\":1e999999999}").attributes()).containsKey("time");
        assertThat(JsonLine.parse("{\"a\":" + "[".repeat(100_000) + "}")).isNull();
        for (String body : List.of("1e400", "123456789012345678901234567890", "-0.0")) {
            assertThat(parse("{\"msg\":" + body + "}").body()).isNotNull();
        }
    }

    private static LogRecord parse(String line) {
        LogRecord.Builder record = JsonLine.parse(line);
        assertThat(record).isNotNull();
        return record.build();
    }
}
