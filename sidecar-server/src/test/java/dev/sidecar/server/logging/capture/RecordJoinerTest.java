package dev.sidecar.server.logging.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecordJoinerTest {

    private static final String JAVA =
            """
            Exception in thread "main" java.lang.IllegalStateException: boom
            \tat a.B.c(B.java:1)
            \tat a.B.main(B.java:2)
            \tSuppressed: java.io.IOException: closing
            \t\tat a.B.d(B.java:3)
            \t\t... 1 more
            Caused by: java.lang.RuntimeException: why
            \tat a.B.e(B.java:4)
            \t... 12 more
            """;

    private static final String PYTHON =
            """
            Traceback (most recent call last):
              File "/app/a.py", line 2, in f
                1 / 0
                ~~^~~
            ZeroDivisionError: division by zero

            During handling of the above exception, another exception occurred:

            Traceback (most recent call last):
              File "/app/a.py", line 4, in <module>
                raise ValueError("bad") from None
            ValueError: bad
            """;

    private static final String NODE =
            """
            /app/server.js:3
                throw new TypeError('boom');
                ^

            TypeError: boom
                at f (/app/server.js:3:11)
                at Object.<anonymous> (/app/server.js:6:1) {
              code: 'E_BOOM',
              [cause]: Error: why
                  at g (/app/server.js:9:1)
            }

            Node.js v20.1.0
            """;

    private final List<LogRecord> records = new ArrayList<>();
    private final RecordJoiner joiner = new RecordJoiner("stderr", records::add);

    @Test
    void joinsAJavaStackTrace() {
        print("before\n" + JAVA + "after\n");

        assertThat(records).hasSize(3);
        assertThat(records.get(1).severity()).isEqualTo(Severity.ERROR);
        assertThat(records.get(1).source()).isEqualTo("stderr");
        assertThat(records.get(1).body()).isEqualTo("java.lang.IllegalStateException: boom");
        assertThat(records.get(1).attributes())
                .containsOnly(
                        Map.entry("exception.type", "java.lang.IllegalStateException"),
                        Map.entry("exception.message", "boom"),
                        Map.entry("exception.stacktrace", JAVA.strip()));
    }

    @Test
    void joinsAMessageWithTheStackTraceBelowIt() {
        print(
                """
                2026-01-31 12:00:00 [main] WARN  a.B - cannot pay
                java.lang.IllegalStateException: boom
                \tat a.B.c(B.java:1)
                2026-01-31 12:00:01 [main] INFO  a.B - next
                """);

        assertThat(records).hasSize(2);
        LogRecord record = records.get(0);
        assertThat(record.severity()).isEqualTo(Severity.WARN);
        assertThat(record.body()).isEqualTo("2026-01-31 12:00:00 [main] WARN  a.B - cannot pay");
        assertThat(record.attributes())
                .containsEntry("exception.type", "java.lang.IllegalStateException")
                .containsEntry("exception.stacktrace", "java.lang.IllegalStateException: boom\n\tat a.B.c(B.java:1)");
    }

    @Test
    void joinsAPythonTracebackWithTheOneBeforeIt() {
        print("before\n" + PYTHON + "after\n");

        assertThat(records).hasSize(3);
        assertThat(records.get(1).severity()).isEqualTo(Severity.ERROR);
        assertThat(records.get(1).body()).isEqualTo("ValueError: bad");
        assertThat(records.get(1).attributes())
                .containsOnly(
                        Map.entry("exception.type", "ValueError"),
                        Map.entry("exception.message", "bad"),
                        Map.entry("exception.stacktrace", PYTHON.strip()));
    }

    @Test
    void joinsWhatPythonsLoggingPrintsOfAnException() {
        print("ERROR:root:cannot pay\n" + PYTHON);

        assertThat(records).hasSize(1);
        assertThat(records.get(0).body()).isEqualTo("ERROR:root:cannot pay");
        assertThat(records.get(0).attributes()).containsEntry("exception.stacktrace", PYTHON.strip());
    }

    @Test
    void twoTracebacksThatHaveNothingToDoWithEachOtherAreTwoRecords() {
        String one = "Traceback (most recent call last):\n  File \"a.py\", line 1\n    x\nKeyError: 'x'\n";

        print(one + one);

        assertThat(records).hasSize(2);
        assertThat(records.get(1).attributes()).containsEntry("exception.type", "KeyError");
    }

    @Test
    void joinsTheLastWordsOfNode() {
        print("before\n" + NODE + "after\n");

        assertThat(records).hasSize(3);
        assertThat(records.get(1).severity()).isEqualTo(Severity.ERROR);
        assertThat(records.get(1).body()).isEqualTo("TypeError: boom");
        assertThat(records.get(1).attributes())
                .containsOnly(
                        Map.entry("exception.type", "TypeError"),
                        Map.entry("exception.message", "boom"),
                        Map.entry("exception.stacktrace", NODE.strip()));
    }

    @Test
    void joinsAnErrorThatNodePrintsWithItsProperties() {
        String error = NODE.substring(NODE.indexOf("TypeError: boom"), NODE.indexOf("}\n") + 1);

        print(error + "\nlistening\n");

        assertThat(records).hasSize(2);
        assertThat(records.get(0).attributes()).containsEntry("exception.stacktrace", error);
    }

    @Test
    void aPathWithANumberThatIsNoErrorStaysALine() {
        print("/app/data:12\n/app/data:13\nthird\n");

        assertThat(records).extracting(LogRecord::body).containsExactly("/app/data:12", "/app/data:13", "third");
        assertThat(records).extracting(LogRecord::severity).containsOnly(Severity.INFO);
    }

    @Test
    void keepsAPrivateKeyTogether() {
        print("loaded\n-----BEGIN PRIVATE KEY-----\nMIIEvQ\nABCDEF==\n-----END PRIVATE KEY-----\nnext\n");

        assertThat(records).hasSize(3);
        assertThat(records.get(1).body()).asString().startsWith("-----BEGIN").endsWith("KEY-----");
    }

    @Test
    void oneRecordForEachPlainLineAndNoneForEmptyOnes() {
        print("one\n\n  indented\n   \nWARN two\n");

        assertThat(records).extracting(LogRecord::body).containsExactly("one", "  indented", "WARN two");
        assertThat(records)
                .extracting(LogRecord::severity)
                .containsExactly(Severity.INFO, Severity.INFO, Severity.WARN);
    }

    @Test
    void readsJsonBetweenPlainLinesInOrder() {
        print("one\n{\"msg\":\"two\",\"level\":\"error\"}\nthree\n");

        assertThat(records).extracting(LogRecord::body).containsExactly("one", "two", "three");
        assertThat(records.get(1).severity()).isEqualTo(Severity.ERROR);
        assertThat(records.get(1).source()).isEqualTo("stderr");
    }

    @Test
    void takesColoursAwayAndSeesTheLevelBelowThem() {
        print("\u001b[31merror\u001b[39m: gone\n");

        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.body()).isEqualTo("error: gone");
            assertThat(record.severity()).isEqualTo(Severity.ERROR);
        });
    }

    @Test
    void takesTheSyslogPrefixForTheLevelOnly() {
        print("<4>watch out\n");

        assertThat(records.get(0).body()).isEqualTo("watch out");
        assertThat(records.get(0).severity()).isEqualTo(Severity.WARN);
    }

    @Test
    void marksALineThatWasCut() {
        joiner.add(new Line("start", 77));
        joiner.release();

        assertThat(records.get(0).attributes())
                .containsOnly(Map.entry("log.truncated", true), Map.entry("log.truncated.bytes", 77L));
    }

    @Test
    void anEndlessTraceIsEmittedInPieces() {
        joiner.add(new Line("java.lang.StackOverflowError", 0));
        String frame = "\tat " + "x".repeat(1000);
        for (int i = 0; i < 3000; i++) {
            joiner.add(new Line(frame, 0));
        }
        joiner.release();

        assertThat(records).hasSizeBetween(3, 4).allSatisfy(record -> assertThat(
                        String.valueOf(record.attributes().get("exception.stacktrace")))
                .hasSizeLessThanOrEqualTo(RecordJoiner.MAX_JOINED));
    }

    @Test
    void noLineIsLostOrMovedWhateverTheOrder() {
        List<String> pool = new ArrayList<>();
        (JAVA + PYTHON + NODE).lines().forEach(pool::add);
        pool.addAll(List.of("plain", "ERROR bad", "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----", "a: b"));
        pool.addAll(List.of("", "   ", "}", "{", "\u0000\u001b[", "^^^^", "at ", "Caused by: x", "file:///a:1"));
        Random random = new Random(7301);
        for (int round = 0; round < 2000; round++) {
            records.clear();
            List<String> printed = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                String line = pool.get(random.nextInt(pool.size()));
                joiner.add(new Line(line, 0));
                printed.add(line);
                if (random.nextInt(10) == 0) {
                    joiner.release();
                }
            }
            joiner.release();

            List<String> emitted =
                    records.stream().flatMap(RecordJoinerTest::lines).toList();
            assertThat(emitted)
                    .as("%s", printed)
                    .containsSubsequence(
                            printed.stream().filter(line -> !line.isBlank()).toList());
        }
    }

    private static Stream<String> lines(LogRecord record) {
        Object trace = record.attributes().get("exception.stacktrace");
        return Stream.concat(
                String.valueOf(record.body()).lines(),
                trace == null ? Stream.of() : trace.toString().lines());
    }

    private void print(String text) {
        text.lines().forEach(line -> joiner.add(new Line(line, 0)));
        joiner.release();
        assertThat(joiner.isHolding()).isFalse();
    }
}
