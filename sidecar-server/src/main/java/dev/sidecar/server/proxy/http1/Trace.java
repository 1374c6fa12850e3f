package dev.sidecar.server.proxy.http1;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The request's identity: its W3C trace context and {@code X-Request-Id}, as the client sent them or made here.
 *
 * <p>A trace that starts here is marked as sampled: the next one in the chain decides what it keeps.
 */
public final class Trace {

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int PARENT_LENGTH = 55;

    private final @Nullable String kept;
    private final byte @Nullable [] started;
    private final @Nullable String requestId;

    private Trace(@Nullable String kept, byte @Nullable [] started, @Nullable String requestId) {
        this.kept = kept;
        this.started = started;
        this.requestId = requestId;
    }

    /** The client's own identity where it is valid, a new one where not. */
    public static Trace of(Fields fields) {
        int parent = -1;
        int id = -1;
        boolean parents = false;
        for (int i = 0; i < fields.count(); i++) {
            if (fields.kind(i) == Field.TRACEPARENT) {
                parents = parent >= 0;
                parent = i;
            } else if (fields.kind(i) == Field.X_REQUEST_ID && fields.valueEnd(i) > fields.valueStart(i)) {
                id = i;
            }
        }
        boolean valid = parent >= 0 && !parents && valid(fields, parent);
        return new Trace(valid ? fields.value(parent) : null, valid ? null : start(), id < 0 ? null : fields.value(id));
    }

    /** 32 hexadecimal digits. */
    public String traceId() {
        return kept != null ? kept.substring(3, 35) : text(3, 32);
    }

    /** The client's {@code X-Request-Id}, or the trace id. */
    public String requestId() {
        return requestId == null ? traceId() : requestId;
    }

    boolean keepsParent() {
        return kept != null;
    }

    /** Whether the client sent an {@code X-Request-Id}. */
    public boolean keepsRequestId() {
        return requestId != null;
    }

    byte @Nullable [] started() {
        return started;
    }

    private String text(int start, int length) {
        return started == null ? "" : new String(started, start, length, StandardCharsets.US_ASCII);
    }

    private static byte[] start() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        byte[] parent = new byte[PARENT_LENGTH];
        parent[0] = '0';
        parent[1] = '0';
        parent[2] = '-';
        hex(random.nextLong(), parent, 3);
        hex(random.nextLong() | 1, parent, 19);
        parent[35] = '-';
        hex(random.nextLong() | 1, parent, 36);
        parent[52] = '-';
        parent[53] = '0';
        parent[54] = '1';
        return parent;
    }

    private static void hex(long value, byte[] into, int at) {
        for (int i = 0; i < 16; i++) {
            into[at + i] = DIGITS[(int) (value >>> (60 - 4 * i)) & 15];
        }
    }

    private static boolean valid(Fields fields, int line) {
        byte[] b = fields.bytes();
        int at = fields.valueStart(line);
        int length = fields.valueEnd(line) - at;
        boolean future = length > PARENT_LENGTH && b[at + PARENT_LENGTH] == '-' && !(b[at] == '0' && b[at + 1] == '0');
        if (length != PARENT_LENGTH && !future) {
            return false;
        }
        return b[at + 2] == '-'
                && b[at + 35] == '-'
                && b[at + 52] == '-'
                && hexDigits(b, at, 2)
                && !(b[at] == 'f' && b[at + 1] == 'f')
                && hexDigits(b, at + 3, 32)
                && hexDigits(b, at + 36, 16)
                && hexDigits(b, at + 53, 2)
                && notZero(b, at + 3, 32)
                && notZero(b, at + 36, 16);
    }

    private static boolean hexDigits(byte[] b, int at, int count) {
        for (int i = at; i < at + count; i++) {
            if (Octets.hex(b[i]) < 0 || (b[i] >= 'A' && b[i] <= 'F')) {
                return false;
            }
        }
        return true;
    }

    private static boolean notZero(byte[] b, int at, int count) {
        for (int i = at; i < at + count; i++) {
            if (b[i] != '0') {
                return true;
            }
        }
        return false;
    }
}
