package dev.sidecar.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What is written for every request is what a JSON generator would have written. */
class JsonLineTest {

    private static String written(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new JsonLine(4).value(value).appendTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String generated(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
            JsonValues.write(json, value);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void textIsEscapedAsByAGenerator() {
        StringBuilder all = new StringBuilder("plain");
        for (int point = 0; point < 0x30000; point += point < 0x300 ? 1 : 37) {
            if (point < 0xD800 || point > 0xDFFF) {
                all.appendCodePoint(point);
            }
        }

        assertThat(written(all.toString())).isEqualTo(generated(all.toString()));
        assertThat(written("")).isEqualTo("\"\"");
    }

    @Test
    void halfOfAPairIsReplaced() {
        assertThat(written("a\uD83Db")).isEqualTo("\"a\uFFFDb\"");
        assertThat(written("\uDE00")).isEqualTo("\"\uFFFD\"");
        assertThat(written("\uD83D\uDE00")).isEqualTo("\"\uD83D\uDE00\"");
    }

    @Test
    void numbersAreThoseOfAGenerator() {
        List<Object> numbers = new ArrayList<>(List.of(
                0, 7, -7, 10, 99, 100, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, 999_999_999_999_999_999L));
        numbers.addAll(List.of(0.0, -0.0, 0.1, 0.12, 0.123, 0.1234, 1e-3, 1e-4, 12.5, 1e6, 9_999_999.999, 1e7, 1e300));
        numbers.addAll(List.of(Double.NaN, Double.POSITIVE_INFINITY, -1.5, 3.25f, new java.math.BigDecimal("1.10")));
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            numbers.add(random.nextInt(20_000_000) / 1000.0);
            numbers.add(random.nextDouble());
            numbers.add(random.nextLong());
        }

        for (Object number : numbers) {
            assertThat(written(number)).isEqualTo(generated(number));
        }
    }

    @Test
    void structuresHaveTheirCommas() {
        Object value = new RecordAttributes(1)
                .add(AttributeKey.of("list"), List.of(1, List.of(), Map.of(), "x"))
                .add(AttributeKey.of("map"), Map.of("a", Map.of("b", true)))
                .add(AttributeKey.of("text"), "{[,");

        assertThat(written(value)).isEqualTo(generated(value));
        assertThat(written(Map.of())).isEqualTo("{}");
    }

    @Test
    void timesAreWrittenAsTheyPrintThemselves() {
        Timestamp timestamp = new Timestamp();
        for (String time : List.of(
                "2026-11-28T12:00:00Z",
                "2026-11-28T12:00:00.1Z",
                "2026-11-28T12:00:00.001002Z",
                "2026-11-28T12:00:00.000000001Z",
                "1969-12-31T23:59:59.999Z",
                "+12345-01-01T00:00:00.5Z",
                "0000-01-01T00:00:00Z")) {
            assertThat(timestamp.text(Instant.parse(time)))
                    .isEqualTo(Instant.parse(time).toString());
        }
    }
}
