package dev.sidecar.logging;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps what is counted by source bounded: the first sources have their own count, the rest share one. */
final class Sources {

    private static final int MAX = 16;
    private static final String OTHER = "other";

    private final Set<String> named = ConcurrentHashMap.newKeySet();

    Sources() {
        named.addAll(Set.of("app", "slf4j", "stdout", "stderr", "api", "sidecar"));
    }

    String of(LogRecord record) {
        String source = record.source();
        if (named.contains(source)) {
            return source;
        }
        return named.size() < MAX && named.add(source) ? source : OTHER;
    }
}
