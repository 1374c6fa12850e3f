package dev.sidecar.client.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.json.SidecarJson;
import dev.sidecar.logging.LogRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OtlpJsonTest {

    private static JsonNode encode(LogRecord... records) {
        return SidecarJson.mapper().readTree(OtlpJson.encode(List.of(records)));
    }

    @Test
    void carriesEveryPartOfARecord() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("text", "a");
        attributes.put("whole", 7);
        attributes.put("large", 1L << 40);
        attributes.put("part", 0.5);
        attributes.put("truth", true);
        attributes.put("list", List.of("x", 1));
        attributes.put("map", Map.of("k", "v"));
        LogRecord record = LogRecord.builder()
                .timestamp(Instant.parse("2026-01-31T12:00:00.123456789Z"))
                .observedTimestamp(Instant.parse("2026-01-31T12:00:01Z"))
                .severityNumber(14)
                .severityText("WARN2")
                .body(Map.of("a", 1))
                .attributes(attributes)
                .traceId("0af7651916cd43dd8448eb211c80319c")
                .spanId("b7ad6b7169203331")
                .traceFlags(1)
                .scope("com.example.Orders")
                .eventName("order.paid")
                .resource(Map.of("service.name", "orders"))
                .source("slf4j")
                .build();

        assertThat(encode(record))
                .isEqualTo(
                        SidecarJson.mapper()
                                .readTree(
                                        """
                {"resourceLogs":[{
                  "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"orders"}}]},
                  "scopeLogs":[{
                    "scope":{"name":"com.example.Orders",
                             "attributes":[{"key":"sidecar.source","value":{"stringValue":"slf4j"}}]},
                    "logRecords":[{
                      "timeUnixNano":"1769860800123456789","observedTimeUnixNano":"1769860801000000000",
                      "severityNumber":14,"severityText":"WARN2","eventName":"order.paid",
                      "traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","flags":1,
                      "body":{"kvlistValue":{"values":[{"key":"a","value":{"intValue":"1"}}]}},
                      "attributes":[
                        {"key":"text","value":{"stringValue":"a"}},
                        {"key":"whole","value":{"intValue":"7"}},
                        {"key":"large","value":{"intValue":"1099511627776"}},
                        {"key":"part","value":{"doubleValue":0.5}},
                        {"key":"truth","value":{"boolValue":true}},
                        {"key":"list","value":{"arrayValue":{"values":[{"stringValue":"x"},{"intValue":"1"}]}}},
                        {"key":"map","value":{"kvlistValue":{"values":[{"key":"k","value":{"stringValue":"v"}}]}}}
                      ]}]}]}]}"""));
    }

    @Test
    void keepsTheOrderAndGroupsNeighboursOfOneOrigin() {
        LogRecord.Builder a = LogRecord.builder().scope("a");
        LogRecord.Builder b = LogRecord.builder().scope("b");
        JsonNode groups = encode(
                        a.body("1").build(),
                        a.body("2").build(),
                        b.body("3").build(),
                        a.body("4").build())
                .path("resourceLogs");

        assertThat(groups).hasSize(3);
        assertThat(groups.path(0).path("scopeLogs").path(0).path("logRecords")).hasSize(2);
        assertThat(groups.path(2)
                        .path("scopeLogs")
                        .path(0)
                        .path("scope")
                        .path("name")
                        .asString())
                .isEqualTo("a");
    }

    @Test
    void takesTimesThatOtlpDoesNotHaveForUnknown() {
        JsonNode record = encode(LogRecord.builder()
                        .timestamp(Instant.MAX)
                        .observedTimestamp(Instant.MIN)
                        .build())
                .at("/resourceLogs/0/scopeLogs/0/logRecords/0");

        assertThat(record.path("timeUnixNano").asString()).isEqualTo("0");
        assertThat(record.path("observedTimeUnixNano").asString()).isEqualTo("0");
    }
}
