package dev.sidecar.server.offload.files;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@code Range} field (RFC 9110 section 14) applied to content of a known size. */
final class ByteRanges {

    private static final int MOST = 16;
    private static final int MAX_DIGITS = 18;

    private ByteRanges() {}

    /**
     * Some bytes.
     *
     * @param first counted from 0
     * @param last included
     */
    record ByteRange(long first, long last) {
        long size() {
            return last - first + 1;
        }
    }

    /**
     * The ranges that the content has, in the order they are asked for; empty when it has none of them (416). Null when
     * the field is to be ignored: malformed, of another unit, or asking for more than all there is.
     */
    static @Nullable List<ByteRange> of(String field, long size) {
        if (!field.regionMatches(true, 0, "bytes=", 0, 6)) {
            return null;
        }
        String[] specs = field.substring(6).split(",", -1);
        List<ByteRange> ranges = new ArrayList<>();
        long total = 0;
        int given = 0;
        for (String each : specs) {
            String spec = each.trim();
            if (spec.isEmpty()) {
                continue;
            }
            int dash = spec.indexOf('-');
            long first = dash > 0 ? number(spec.substring(0, dash)) : -1;
            long last = dash >= 0 && dash < spec.length() - 1 ? number(spec.substring(dash + 1)) : -1;
            boolean suffix = dash == 0;
            boolean open = dash == spec.length() - 1;
            if (dash < 0 || (suffix ? last < 0 : first < 0 || (!open && last < first)) || ++given > MOST) {
                return null;
            }
            ByteRange range = suffix
                    ? new ByteRange(Math.max(0, size - last), size - 1)
                    : new ByteRange(first, open ? size - 1 : Math.min(last, size - 1));
            if (range.first() < size && range.size() > 0) {
                ranges.add(range);
                total += range.size();
            }
        }
        return given == 0 || (ranges.size() > 1 && total > size) ? null : ranges;
    }

    private static long number(String text) {
        if (text.isEmpty() || text.length() > MAX_DIGITS) {
            return text.isEmpty() ? -1 : digits(text) ? Long.MAX_VALUE : -1;
        }
        return digits(text) ? Long.parseLong(text) : -1;
    }

    private static boolean digits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
