package dev.sidecar.logging.otlp;

import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.RecordAttributes;
import dev.sidecar.logging.RecordSize;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Log records as an {@code ExportLogsServiceRequest} in protobuf. Two encodings one after the other are an encoding of
 * all their records. Records next to each other that have resource, scope and source in common share them.
 *
 * @see <a href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/logs/v1/logs.proto">logs.proto</a>
 */
public final class OtlpEncoder {

    /** The scope's attribute that says what a record came in by. */
    private static final String SOURCE = "sidecar.source";

    private OtlpEncoder() {}

    public static byte[] encode(List<LogRecord> records) {
        long size = 256;
        for (LogRecord record : records) {
            size += RecordSize.of(record) / 2;
        }
        ProtobufBuffer out = new ProtobufBuffer((int) Math.min(size, 4 << 20));
        int to = records.size();
        while (to > 0) {
            int from = to - 1;
            while (from > 0 && together(records.get(from - 1), records.get(to - 1))) {
                from--;
            }
            resourceLogs(records.subList(from, to), out);
            to = from;
        }
        return out.toByteArray();
    }

    private static boolean together(LogRecord one, LogRecord other) {
        return (one.resource() == other.resource() || one.resource().equals(other.resource()))
                && Objects.equals(one.scope(), other.scope())
                && one.source().equals(other.source());
    }

    private static void resourceLogs(List<LogRecord> records, ProtobufBuffer out) {
        int resourceLogs = out.size();
        int scopeLogs = out.size();
        for (int i = records.size() - 1; i >= 0; i--) {
            record(records.get(i), out);
        }
        LogRecord first = records.get(0);
        int scope = out.size();
        keyValue(3, SOURCE, first.source(), out);
        if (first.scope() != null) {
            out.string(1, first.scope());
        }
        out.message(1, scope);
        out.message(2, scopeLogs);
        int resource = out.size();
        attributes(1, first.resource(), out);
        out.message(1, resource);
        out.message(1, resourceLogs);
    }

    private static void record(LogRecord record, ProtobufBuffer out) {
        int begin = out.size();
        if (record.eventName() != null) {
            out.string(12, record.eventName());
        }
        out.fixed64(11, nanos(record.observedTimestamp()));
        id(10, record.spanId(), out);
        id(9, record.traceId(), out);
        if (record.traceFlags() != null) {
            out.fixed32(8, record.traceFlags());
        }
        attributes(6, record.attributes(), out);
        if (record.body() != null) {
            int body = out.size();
            value(record.body(), out);
            out.message(5, body);
        }
        if (record.severityText() != null) {
            out.string(3, record.severityText());
        }
        if (record.severityNumber() != 0) {
            out.number(2, record.severityNumber());
        }
        out.fixed64(1, nanos(record.timestamp()));
        out.message(2, begin);
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }

    private static void id(int field, @Nullable String hex, ProtobufBuffer out) {
        if (hex != null) {
            out.bytes(field, HexFormat.of().parseHex(hex));
        }
    }

    private static void attributes(int field, Map<?, ?> attributes, ProtobufBuffer out) {
        if (attributes instanceof RecordAttributes flat) {
            for (int i = flat.size() - 1; i >= 0; i--) {
                keyValue(field, flat.name(i), flat.value(i), out);
            }
            return;
        }
        Object[] entries = attributes.entrySet().toArray();
        for (int i = entries.length - 1; i >= 0; i--) {
            Map.Entry<?, ?> entry = (Map.Entry<?, ?>) entries[i];
            keyValue(field, String.valueOf(entry.getKey()), entry.getValue(), out);
        }
    }

    private static void keyValue(int field, String key, @Nullable Object value, ProtobufBuffer out) {
        int begin = out.size();
        int content = out.size();
        value(value, out);
        out.message(2, content);
        out.string(1, key);
        out.message(field, begin);
    }

    private static void value(@Nullable Object value, ProtobufBuffer out) {
        if (value instanceof String text) {
            out.string(1, text);
        } else if (value instanceof Boolean flag) {
            out.number(2, flag ? 1 : 0);
        } else if (value instanceof Number number) {
            number(number, out);
        } else if (value instanceof Map<?, ?> map) {
            int begin = out.size();
            attributes(1, map, out);
            out.message(6, begin);
        } else if (value instanceof Collection<?> items) {
            int begin = out.size();
            Object[] all = items.toArray();
            for (int i = all.length - 1; i >= 0; i--) {
                int item = out.size();
                value(all[i], out);
                out.message(1, item);
            }
            out.message(5, begin);
        } else if (value != null) {
            out.string(1, value.toString());
        }
    }

    /** A whole number that does not fit is text, as it is in JSON's OTLP. */
    private static void number(Number number, ProtobufBuffer out) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            out.number(3, number.longValue());
        } else if (number instanceof BigInteger integer) {
            if (integer.bitLength() < 64) {
                out.number(3, integer.longValue());
            } else {
                out.string(1, integer.toString());
            }
        } else {
            out.fixed64(4, Double.doubleToRawLongBits(number.doubleValue()));
        }
    }
}
