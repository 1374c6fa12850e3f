package dev.sidecar.server.logging.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineFramerTest {

    private final List<Line> lines = new ArrayList<>();
    private final LineFramer framer = new LineFramer(lines::add);

    @Test
    void endsLinesAtLineFeedsAndTheLastOneAtTheEnd() {
        feed("one\ntwo\r\n\nlast");

        assertThat(lines).extracting(Line::text).containsExactly("one", "two", "", "last");
    }

    @Test
    void survivesNulControlCharactersAndInvalidUtf8() {
        framer.feed(new byte[] {'a', 0, 7, (byte) 0xFF, (byte) 0xC3, '\n'}, 6);

        assertThat(lines).extracting(Line::text).containsExactly("a\0\u0007\uFFFD\uFFFD");
    }

    @Test
    void cutsALongLineCountsTheRestAndGoesOn() {
        feed("x".repeat(3 << 20) + "\nnext\n");

        assertThat(lines.get(0).text()).hasSize(1 << 20);
        assertThat(lines.get(0).cutBytes()).isEqualTo(2 << 20);
        assertThat(lines.get(1)).isEqualTo(new Line("next", 0));
    }

    @Test
    void aLineOfExactlyTheLimitIsWhole() {
        feed("x".repeat(1 << 20) + "\n");

        assertThat(lines).singleElement().satisfies(line -> assertThat(line.cutBytes())
                .isZero());
    }

    @Test
    void doesNotCutACharacterInTwo() {
        feed("x".repeat((1 << 20) - 2) + "🧀\n");

        assertThat(lines.get(0).text()).hasSize((1 << 20) - 2).doesNotContain("\uFFFD");
        assertThat(lines.get(0).cutBytes()).isEqualTo(4);
    }

    @Test
    void howTheBytesArriveMakesNoDifference() {
        Random random = new Random(7300);
        for (int round = 0; round < 300; round++) {
            byte[] bytes = new byte[random.nextInt(2000)];
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length; i += 1 + random.nextInt(40)) {
                bytes[i] = '\n';
            }
            lines.clear();
            for (int from = 0; from < bytes.length; ) {
                int count = Math.min(bytes.length - from, 1 + random.nextInt(64));
                framer.feed(Arrays.copyOfRange(bytes, from, from + count), count);
                from += count;
            }
            framer.finish();

            assertThat(lines).extracting(Line::text).isEqualTo(naive(bytes));
        }
    }

    private static List<String> naive(byte[] bytes) {
        List<String> expected = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length ? from < i : bytes[i] == '\n') {
                int end = i > from && bytes[i - 1] == '\r' ? i - 1 : i;
                expected.add(new String(bytes, from, end - from, StandardCharsets.UTF_8));
                from = i + 1;
            }
        }
        return expected;
    }

    private void feed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        framer.feed(bytes, bytes.length);
        framer.finish();
    }
}
