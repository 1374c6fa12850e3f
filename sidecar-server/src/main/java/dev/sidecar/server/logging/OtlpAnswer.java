package dev.sidecar.server.logging;

import dev.sidecar.json.SidecarJson;
import dev.sidecar.logging.LogReceipt;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answers of OTLP/HTTP, few enough to be written without the generated classes: {@code
 * ExportLogsServiceResponse} in both encodings, and {@code google.rpc.Status}.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp-response">OTLP/HTTP response</a>
 */
final class OtlpAnswer {

    private static final int VARINT = 0;
    private static final int BYTES = 2;
    private static final byte[] EMPTY_JSON = {'{', '}'};

    private OtlpAnswer() {}

    static byte[] json(LogReceipt receipt) {
        if (receipt.rejected() == 0) {
            return EMPTY_JSON;
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(
                "partialSuccess",
                Map.of("rejectedLogRecords", String.valueOf(receipt.rejected()), "errorMessage", message(receipt)));
        // Not of the protocol, whose receivers pass over what they do not know: which ones, by position.
        answer.put("errors", receipt.errors());
        return SidecarJson.mapper().writeValueAsBytes(answer);
    }

    static byte[] protobuf(LogReceipt receipt) {
        if (receipt.rejected() == 0) {
            return new byte[0];
        }
        ByteArrayOutputStream partial = new ByteArrayOutputStream();
        partial.write(1 << 3 | VARINT);
        varint(receipt.rejected(), partial);
        bytes(2, message(receipt).getBytes(StandardCharsets.UTF_8), partial);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        bytes(1, partial.toByteArray(), answer);
        return answer.toByteArray();
    }

    /** {@code google.rpc.Status} with a message; its code may be left out. */
    static byte[] status(String message) {
        ByteArrayOutputStream status = new ByteArrayOutputStream();
        bytes(2, message.getBytes(StandardCharsets.UTF_8), status);
        return status.toByteArray();
    }

    private static String message(LogReceipt receipt) {
        return receipt.errors().isEmpty()
                ? receipt.rejected() + " records were rejected"
                : receipt.errors().get(0).detail();
    }

    private static void bytes(int field, byte[] content, ByteArrayOutputStream out) {
        out.write(field << 3 | BYTES);
        varint(content.length, out);
        out.writeBytes(content);
    }

    private static void varint(int value, ByteArrayOutputStream out) {
        int left = value;
        while (left > 0x7f) {
            out.write(left & 0x7f | 0x80);
            left >>>= 7;
        }
        out.write(left);
    }
}
