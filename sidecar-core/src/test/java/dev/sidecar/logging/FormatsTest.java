package dev.sidecar.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.json.SidecarJson;
import dev.sidecar.logging.LoggingOptions.Console;
import dev.sidecar.logging.LoggingOptions.ConsoleFormat;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FormatsTest {

    private static final LogRecord RECORD = LogRecord.builder()
            .timestamp(Instant.parse("2026-01-31T12:30:01.123456789Z"))
            .severity(Severity.WARN)
            .body("card refused")
            .scope("c.e.Payments")
            .traceId("0af7651916cd43dd8448eb211c80319c")
            .spanId("b7ad6b7169203331")
            .attributes(attributes())
            .resource(Map.of("service.name", "orders", "service.instance.id", "orders-1", "host.name", "box", "k", "v"))
            .source("slf4j")
            .build();

    private static Map<String, Object> attributes() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("amount", 12);
        attributes.put("exception.type", "a.E");
        attributes.put("exception.message", "why");
        attributes.put("exception.stacktrace", "a.E: why\n\tat a.B.c(B.java:1)\n");
        attributes.put("thread.name", "main");
        return attributes;
    }

    @Test
    void ecsIsOneLineNestedAsSpringBootNestsIt() {
        String line = format(new EcsFormat(), RECORD);

        assertThat(line).endsWith("}\n").hasLineCount(1);
        JsonNode ecs = SidecarJson.mapper().readTree(line);
        assertThat(ecs.toString())
                .isEqualTo("{\"@timestamp\":\"2026-01-31T12:30:01.123456789Z\","
                        + "\"log\":{\"level\":\"WARN\",\"logger\":\"c.e.Payments\"},\"message\":\"card refused\","
                        + "\"service\":{\"name\":\"orders\",\"node\":{\"name\":\"orders-1\"}},"
                        + "\"host\":{\"name\":\"box\"},\"trace\":{\"id\":\"0af7651916cd43dd8448eb211c80319c\"},"
                        + "\"span\":{\"id\":\"b7ad6b7169203331\"},\"event\":{\"provider\":\"slf4j\"},"
                        + "\"error\":{\"type\":\"a.E\",\"message\":\"why\","
                        + "\"stack_trace\":\"a.E: why\\n\\tat a.B.c(B.java:1)\\n\"},"
                        + "\"process\":{\"thread\":{\"name\":\"main\"}},\"labels\":{\"k\":\"v\",\"amount\":12},"
                        + "\"ecs\":{\"version\":\"8.11\"}}");
    }

    @Test
    void ecsWritesEveryBody() {
        assertThat(message(Map.of("a", List.of(1, true)))).isEqualTo("{\"a\":[1,true]}");
        assertThat(message(null)).isEmpty();
        assertThat(message(42)).isEqualTo("42");
        assertThat(message(Double.NaN)).isEqualTo("NaN");
        assertThat(message("\u0000\u001b[31m\n\u2028 \ud83e\uddc0")).isEqualTo("\u0000\u001b[31m\n\u2028 \ud83e\uddc0");
    }

    @Test
    void ecsPutsNoControlCharacterOnTheWire() {
        assertThat(format(
                                new EcsFormat(),
                                LogRecord.builder()
                                        .body("\u0000\u001b[31m\r\u0007")
                                        .build())
                        .strip())
                .matches("[^\\x00-\\x1f]*");
    }

    @Test
    void prettyIsForPeople() {
        assertThat(format(new PrettyFormat(false, ZoneOffset.UTC), RECORD))
                .isEqualTo(
                        """
                        12:30:01.123 WARN  orders c.e.Payments : card refused amount=12 thread.name=main
                            a.E: why
                            \tat a.B.c(B.java:1)
                        """);
    }

    @Test
    void prettyColoursTheLevelOnlyWhenAsked() {
        assertThat(format(new PrettyFormat(true, ZoneOffset.UTC), RECORD)).contains("\u001b[33mWARN \u001b[0m");
        assertThat(format(new PrettyFormat(false, ZoneOffset.UTC), RECORD)).doesNotContain("\u001b");
    }

    @Test
    void nothingInARecordSteersTheTerminalOrLooksLikeAnotherRecord() {
        LogRecord forged = LogRecord.builder()
                .body("a\n12:30:01.123 INFO  orders : forged\r\u001b[2J\u009b31m\u202e\b")
                .attributes(Map.of("\u001b]0;title\u0007", "\u001b[31m"))
                .scope("x\u001b")
                .build();

        String printed = format(new PrettyFormat(false, ZoneOffset.UTC), forged);

        assertThat(printed).contains("\n    12:30:01.123 INFO").contains("\\x1b[2J\\x9b31m\\u202e\\x08");
        assertThat(printed.chars().filter(c -> c != '\n' && Character.isISOControl(c)))
                .isEmpty();
    }

    @Test
    void theConsoleSendsStandardErrorAndTheSidecarsOwnToStandardError() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errorStream = new PrintStream(error, true, StandardCharsets.UTF_8);
        ConsoleSink console =
                new ConsoleSink(new Console(true, ConsoleFormat.PRETTY), () -> outStream, () -> errorStream);

        int lost = console.write(List.of(of("stdout"), of("stderr"), of("sidecar"), of("slf4j"), of("api")));

        assertThat(lost).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(": stdout", ": slf4j", ": api")
                .hasLineCount(3);
        assertThat(error.toString(StandardCharsets.UTF_8))
                .contains(": stderr", ": sidecar")
                .hasLineCount(2);
    }

    @Test
    void theFormatFollowsTheTerminalUnlessItIsSaid() {
        assertThat(ConsoleSink.format(ConsoleFormat.AUTO, true)).isInstanceOf(PrettyFormat.class);
        assertThat(ConsoleSink.format(ConsoleFormat.AUTO, false)).isInstanceOf(EcsFormat.class);
        assertThat(ConsoleSink.format(ConsoleFormat.ECS, true)).isInstanceOf(EcsFormat.class);
        assertThat(ConsoleSink.format(ConsoleFormat.PRETTY, false)).isInstanceOf(PrettyFormat.class);
        assertThat(Terminal.isDevice("/dev/pts/3")).isTrue();
        assertThat(Terminal.isDevice("pipe:[123]")).isFalse();
        assertThat(Terminal.isDevice("/dev/null")).isFalse();
    }

    private static LogRecord of(String source) {
        return LogRecord.builder().body(source).source(source).build();
    }

    private static String message(Object body) {
        return SidecarJson.mapper()
                .readTree(format(new EcsFormat(), LogRecord.builder().body(body).build()))
                .path("message")
                .asString();
    }

    private static String format(RecordFormat format, LogRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.append(record, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
