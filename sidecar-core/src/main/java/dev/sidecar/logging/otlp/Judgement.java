package dev.sidecar.logging.otlp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads answers as the protocol has them. */
final class Judgement {

    private static final Set<Integer> AGAIN = Set.of(429, 502, 503, 504);

    /** A collector that asks for more is misconfigured, and the spool would only run full. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private Judgement() {}

    static Verdict of(Answer answer, Clock clock) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return taken(answer.body());
        }
        if (AGAIN.contains(status)) {
            return new Verdict.Again("answered " + status, retryAfter(answer.retryAfter(), clock.instant()));
        }
        return new Verdict.Refused("answered " + status);
    }

    /** Seconds or an HTTP date; null for anything else. */
    static @Nullable Duration retryAfter(@Nullable String value, Instant now) {
        if (value == null) {
            return null;
        }
        String text = value.trim();
        if (text.matches("[0-9]{1,9}")) {
            return bounded(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.US))
                    .toInstant();
            return bounded(Duration.between(now, then));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    /** {@code ExportLogsServiceResponse}: in field 1 the partial success, in its 1 and 2 a number and a message. */
    private static Verdict.Taken taken(byte[] body) {
        long rejected = 0;
        String message = "";
        try {
            ByteBuffer partial = field(ByteBuffer.wrap(body), 1);
            while (partial != null && partial.hasRemaining()) {
                long tag = varint(partial);
                if (tag == (1 << 3)) {
                    rejected = varint(partial);
                } else if (tag == (2 << 3 | 2)) {
                    ByteBuffer text = slice(partial);
                    message = StandardCharsets.UTF_8.decode(text).toString();
                } else {
                    skip(partial, tag);
                }
            }
        } catch (RuntimeException e) {
            // A collector that answers 200 and something else, a page perhaps, has taken it all the same.
        }
        return new Verdict.Taken(Math.max(0, rejected), message);
    }

    private static @Nullable ByteBuffer field(ByteBuffer in, int number) {
        ByteBuffer found = null;
        while (in.hasRemaining()) {
            long tag = varint(in);
            if (tag == ((long) number << 3 | 2)) {
                found = slice(in);
            } else {
                skip(in, tag);
            }
        }
        return found;
    }

    private static ByteBuffer slice(ByteBuffer in) {
        int length = Math.toIntExact(varint(in));
        ByteBuffer slice = in.slice(in.position(), length);
        in.position(in.position() + length);
        return slice;
    }

    private static void skip(ByteBuffer in, long tag) {
        switch ((int) (tag & 7)) {
            case 0 -> varint(in);
            case 1 -> in.position(in.position() + 8);
            case 2 -> slice(in);
            case 5 -> in.position(in.position() + 4);
            default -> throw new IllegalArgumentException("no protobuf");
        }
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("no protobuf");
    }
}
