package dev.sidecar.tck.logging;

import dev.sidecar.Sidecar;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.Severity;
import dev.sidecar.tck.Setup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A handful of records written through one delivery and read back, to hold against another's. */
final class SameRecords {

    private static final Instant WHEN = Instant.parse("2026-05-06T07:08:09.101112131Z");

    private SameRecords() {}

    static List<LogRecord> through(Sidecar sidecar, String mark) {
        List<LogRecord> records = Stream.of(
                        LogRecord.builder().body("plain"),
                        LogRecord.builder().body("password=hunter2 token: abc").severity(Severity.ERROR),
                        LogRecord.builder().body(Map.of("api_key", "k", "items", List.of(1L, 2.5, "three"))),
                        LogRecord.builder()
                                .body("card-1111")
                                .severityText("warning")
                                .severityNumber(14),
                        LogRecord.builder().body("").scope("a.b.C").eventName("e"),
                        LogRecord.builder().body("Authorization: Bearer abc.def.ghi"),
                        LogRecord.builder().body("many\nlines\tand \"quotes\" \\ and ünïcödé"),
                        LogRecord.builder().body(true).traceId("0af7651916cd43dd8448eb211c80319c"))
                .map(builder -> builder.timestamp(WHEN)
                        .attributes(Map.of(
                                "mark",
                                mark,
                                "cookie",
                                "sid=1",
                                "exception.type",
                                "java.lang.IllegalStateException",
                                "exception.stacktrace",
                                "java.lang.IllegalStateException: card-2222\n\tat a.B.c(B.java:1)"))
                        .build())
                .toList();
        sidecar.logs().write(records);
        return Recent.awaitMarked(sidecar, mark, records.size()).stream()
                .map(SameRecords::plain)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static LogRecord plain(LogRecord record) {
        Object attributes = Recent.plain(record.attributes());
        return record.toBuilder()
                .body(Recent.plain(record.body()))
                .attributes((Map<String, Object>) (attributes == null ? Map.of() : attributes))
                .build();
    }

    static List<LogRecord> throughALibrary(String mark) {
        try (Sidecar library = Setup.library(Files.createTempDirectory("tck-reference"))) {
            return through(library, mark);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
