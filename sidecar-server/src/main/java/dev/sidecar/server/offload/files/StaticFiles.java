package dev.sidecar.server.offload.files;

import dev.sidecar.Problem;
import dev.sidecar.runtime.Threads;
import dev.sidecar.server.proxy.Answer;
import dev.sidecar.server.proxy.Decision;
import dev.sidecar.server.proxy.http1.Field;
import dev.sidecar.server.proxy.http1.RequestHead;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for files. What was read lately is answered on the event loop after a look whether the file has
 * changed; everything else is looked up on threads of its own. Thread-safe.
 */
public final class StaticFiles implements AutoCloseable {

    private static final long CACHED = 8L * 1024 * 1024;
    private static final int THREADS = 4;
    private static final int WAITING = 4096;

    private static final Answer NOT_FOUND = asked(Problem.of(404, "not-found", "there is no such file"), Map.of());
    private static final Answer BUSY = Answer.of(
            Problem.of(503, "overloaded", "too many files are being looked up").retryAfter(1));
    private static final Answer ALLOWED = new Answer(204, null, Map.of("Allow", "GET, HEAD, OPTIONS"), new byte[0]);
    private static final Answer NOT_ALLOWED = asked(
            Problem.of(405, "method-not-allowed", "a file can be read only: GET or HEAD"),
            Map.of("Allow", "GET, HEAD, OPTIONS"));

    private final List<StaticRoot> roots;
    private final boolean compress;
    private final EntryCache cache = new EntryCache(CACHED);
    private final ExecutorService disk = Threads.queued("offload-files", THREADS, WAITING, Duration.ofSeconds(10));

    /**
     * @param roots the longest prefix is asked first
     * @param compress whether files without a compressed one beside them are compressed
     */
    public StaticFiles(List<StaticRoot> roots, boolean compress) {
        this.roots = roots.stream()
                .sorted(Comparator.comparingInt(root -> -root.names().size()))
                .toList();
        this.compress = compress;
    }

    /** A problem that is the client's own, and nothing that failed here. */
    static Answer asked(Problem problem, Map<String, String> more) {
        Answer answer = Answer.of(problem);
        Map<String, String> fields = new LinkedHashMap<>(answer.fields());
        fields.putAll(more);
        return new Answer(answer.status(), null, fields, answer.body());
    }

    /**
     * What to do with a request.
     *
     * @param app what is done with one that is not for a file; asked on any thread
     */
    public Decision decide(RequestHead request, Supplier<Decision> app) {
        Decision now = attempt(request, app, false);
        if (now != null) {
            return now;
        }
        return new Decision.Later(then -> {
            try {
                disk.execute(() -> then.accept(found(request, app)));
            } catch (RejectedExecutionException full) {
                then.accept(BUSY);
            }
        });
    }

    private Decision found(RequestHead request, Supplier<Decision> app) {
        try {
            Decision found = attempt(request, app, true);
            return found == null ? BUSY : found;
        } catch (RuntimeException fault) {
            org.slf4j.LoggerFactory.getLogger(StaticFiles.class).error("a file could not be served", fault);
            return Answer.of(Problem.of(500, "internal-error", "the file could not be served"));
        }
    }

    /** Null when the disk would have to be asked and may not be. */
    private @Nullable Decision attempt(RequestHead request, Supplier<Decision> app, boolean mayLoad) {
        String path = request.path();
        Entry known = cached(path);
        StaticRoot root = null;
        FilePath names = null;
        if (known == null || known.kind() != Entry.Kind.FILE) {
            names = FilePath.of(path);
            root = root(path, names);
            if (root == null) {
                return app.get();
            }
        }
        if (!isRead(request)) {
            StaticRoot asked = root != null ? root : root(path, FilePath.of(path));
            if (asked == null || asked.sharesWithApp()) {
                return app.get();
            }
            return request.method().equals("OPTIONS") ? ALLOWED : NOT_ALLOWED;
        }
        if (root == null) {
            return known == null ? null : served(known, request, path, mayLoad, null);
        }
        if (names == null) {
            return missing(root, path, request, app, mayLoad);
        }
        Entry entry = known;
        if (entry == null) {
            if (!mayLoad) {
                return null;
            }
            entry = load(path, root, root.below(names.segments()), names.directory());
        }
        return switch (entry.kind()) {
            case FILE -> served(entry, request, path, mayLoad, root);
            case DIRECTORY -> redirect(request, path);
            case MISSING -> missing(root, path, request, app, mayLoad);
        };
    }

    private static boolean isRead(RequestHead request) {
        return request.isHead() || request.method().equals("GET");
    }

    private @Nullable StaticRoot root(String path, @Nullable FilePath names) {
        for (StaticRoot root : roots) {
            boolean takes = names != null
                    ? root.takes(names.segments())
                    : path.startsWith(root.prefix() + "/") || path.equals(root.prefix());
            if (takes) {
                return root;
            }
        }
        return null;
    }

    private @Nullable Entry cached(String key) {
        Entry entry = cache.get(key);
        if (entry != null && !entry.holds()) {
            cache.remove(key, entry);
            return null;
        }
        return entry;
    }

    private Entry load(String key, StaticRoot root, List<String> segments, boolean directory) {
        Entry entry = new FileLoader(root, compress).load(segments, directory);
        if (entry.cacheable()) {
            cache.put(key, entry);
        }
        return entry;
    }

    private @Nullable Decision served(
            Entry entry, RequestHead request, String path, boolean mayLoad, @Nullable StaticRoot root) {
        Decision decision = new FileReply(entry, request).decide();
        if (!entry.cacheable()) {
            entry.close();
        }
        if (decision == null && mayLoad && root != null) {
            FilePath names = FilePath.of(path);
            if (names != null) {
                Entry again = load(path, root, root.below(names.segments()), names.directory());
                return again.kind() == Entry.Kind.FILE ? new FileReply(again, request).decide() : NOT_FOUND;
            }
        }
        return decision;
    }

    private static Decision redirect(RequestHead request, String path) {
        String query = request.target().substring(path.length());
        return new Answer(301, null, Map.of("Location", path + "/" + query), new byte[0]);
    }

    private @Nullable Decision missing(
            StaticRoot root, String path, RequestHead request, Supplier<Decision> app, boolean mayLoad) {
        List<String> fallback = root.fallback();
        boolean page = path.indexOf('.', path.lastIndexOf('/') + 1) < 0;
        if (fallback != null && page && (!root.sharesWithApp() || navigates(request))) {
            // A key that no path is.
            String key = " " + root.prefix();
            Entry entry = cached(key);
            if (entry == null) {
                if (!mayLoad) {
                    return null;
                }
                entry = load(key, root, fallback, false);
            }
            if (entry.kind() == Entry.Kind.FILE) {
                return served(entry, request, path, mayLoad, null);
            }
        }
        return root.sharesWithApp() ? app.get() : NOT_FOUND;
    }

    /** Whether a person sees the answer, and not a program of the page. */
    private static boolean navigates(RequestHead request) {
        String accept = request.fields().combined(Field.ACCEPT);
        return accept != null && accept.contains("text/html");
    }

    @Override
    public void close() {
        disk.shutdownNow();
        cache.clear();
    }
}
