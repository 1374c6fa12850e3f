package dev.sidecar.logging;

import java.time.Instant;

/** Writes instants as {@link Instant#toString()} does, and remembers the second they were in last. Thread-safe. */
final class Timestamp {

    private record Second(long epoch, String text) {}

    private volatile Second last = second(Instant.EPOCH);

    private static Second second(Instant time) {
        String text = Instant.ofEpochSecond(time.getEpochSecond()).toString();
        return new Second(time.getEpochSecond(), text.substring(0, text.length() - 1));
    }

    String text(Instant time) {
        Second second = last;
        if (second.epoch != time.getEpochSecond()) {
            second = second(time);
            last = second;
        }
        int nanos = time.getNano();
        if (nanos == 0) {
            return second.text + 'Z';
        }
        int digits = nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : 9;
        char[] fraction = new char[digits + 2];
        fraction[0] = '.';
        int left = digits == 3 ? nanos / 1_000_000 : digits == 6 ? nanos / 1_000 : nanos;
        for (int i = digits; i > 0; i--) {
            fraction[i] = (char) ('0' + left % 10);
            left /= 10;
        }
        fraction[digits + 1] = 'Z';
        return second.text.concat(String.valueOf(fraction));
    }
}
