package dev.sidecar.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Attributes in one array are a map like any other. */
class RecordAttributesTest {

    private final RecordAttributes attributes = new RecordAttributes(1)
            .add(AttributeKey.of("a"), 1)
            .add(AttributeKey.of("b"), "two")
            .add(AttributeKey.of("c"), true);

    @Test
    void isEqualToAMapOfTheSame() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", 1);
        map.put("b", "two");
        map.put("c", true);
        StringBuilder walked = new StringBuilder();
        attributes.forEach((name, value) -> walked.append(name).append(value));

        assertThat(attributes.equals(map)).isTrue();
        assertThat(map.equals(attributes)).isTrue();
        assertThat(attributes).hasSameHashCodeAs(map).hasToString(map.toString());
        assertThat(walked).hasToString("a1btwoctrue");
        assertThat(attributes.get("b")).isEqualTo("two");
        assertThat(attributes.get("d")).isNull();
        assertThat(attributes.containsKey("c")).isTrue();
    }

    @Test
    void cannotBeChangedAsAMap() {
        assertThatThrownBy(() -> attributes.put("d", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> attributes.remove("a")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void hidesWhatALaterNameSays() {
        LogRecord record = LogRecord.builder()
                .attributes(new RecordAttributes(2).add(AttributeKey.of("a"), 1).add(AttributeKey.of("password"), "x"))
                .build();

        assertThat(new Redactor(LogFixture.DEFAULT_REDACTION).redact(record).attributes())
                .containsEntry("a", 1)
                .containsEntry("password", "[REDACTED]");
    }
}
