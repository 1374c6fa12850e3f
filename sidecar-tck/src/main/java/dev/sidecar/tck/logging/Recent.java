package dev.sidecar.tck.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Sidecar;
import dev.sidecar.logging.LogQuery;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.tck.Setup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Records that carry a mark, so that a test finds its own among all recent ones. */
final class Recent {

    private Recent() {}

    static LogRecord.Builder record(String mark, Object body) {
        return LogRecord.builder().body(body).attributes(Map.of("mark", mark));
    }

    static List<LogRecord> marked(Sidecar sidecar, String mark) {
        return sidecar.logs().recent(new LogQuery(1000, null, null, mark));
    }

    static List<LogRecord> awaitMarked(Sidecar sidecar, String mark, int count) {
        return await("records with the mark")
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> marked(sidecar, mark), records -> records.size() >= count);
    }

    /** How many lines of the log file carry the mark. */
    static long inTheFile(SidecarHome home, String mark) {
        try (Stream<String> lines = Files.lines(home.path().resolve(Setup.LOG_FILE))) {
            return lines.filter(line -> line.contains(mark)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whole numbers as long, so that the width a decoder chose does not matter. */
    static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Integer whole) {
            return whole.longValue();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> plain = new LinkedHashMap<>();
            map.forEach((key, inner) -> plain.put(key, plain(inner)));
            return plain;
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(Recent::plain).toList();
        }
        assertThat(value).isNotInstanceOf(Object[].class);
        return value;
    }
}
