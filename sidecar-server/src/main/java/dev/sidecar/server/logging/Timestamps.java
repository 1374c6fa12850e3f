package dev.sidecar.server.logging;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Points in time as programs write them: RFC 3339, or a number since 1970 whose unit is told by its size (below 10^11
 * seconds, below 10^14 milliseconds, below 10^17 microseconds, else nanoseconds).
 */
public final class Timestamps {

    private static final BigDecimal[] LIMITS = {new BigDecimal("1e11"), new BigDecimal("1e14"), new BigDecimal("1e17")};

    private Timestamps() {}

    /** Null when it is neither. */
    public static @Nullable Instant of(JsonNode node) {
        if (node.isString()) {
            return of(node.asString());
        }
        if (node.isIntegralNumber()) {
            return ofNumber(node.decimalValue());
        }
        return node.isNumber() && Double.isFinite(node.doubleValue())
                ? ofNumber(BigDecimal.valueOf(node.doubleValue()))
                : null;
    }

    /** RFC 3339 with any offset, a space in place of the T; null when it is not. */
    public static @Nullable Instant of(String text) {
        if (text.length() < 20 || text.length() > 40) {
            return null;
        }
        try {
            String strict = text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text;
            return OffsetDateTime.parse(strict).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Instant ofNumber(BigDecimal number) {
        // Before any arithmetic: 1e999999999 is one short token, and very long digits.
        if (number.signum() < 0 || number.precision() - number.scale() > 19 || number.scale() > 30) {
            return null;
        }
        int power = 9;
        for (BigDecimal limit : LIMITS) {
            if (number.compareTo(limit) < 0) {
                break;
            }
            power -= 3;
        }
        BigDecimal nanos = number.scaleByPowerOfTen(power);
        return Instant.ofEpochSecond(
                nanos.movePointLeft(9).longValue(),
                nanos.remainder(BigDecimal.TEN.pow(9)).longValue());
    }
}
