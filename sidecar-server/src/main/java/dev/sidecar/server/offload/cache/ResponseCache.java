package dev.sidecar.server.offload.cache;

import dev.sidecar.Problem;
import dev.sidecar.runtime.Threads;
import dev.sidecar.server.offload.negotiation.AnswerCompression;
import dev.sidecar.server.proxy.Answer;
import dev.sidecar.server.proxy.Decision;
import dev.sidecar.server.proxy.Reply;
import dev.sidecar.server.proxy.Tap;
import dev.sidecar.server.proxy.http1.Fields;
import dev.sidecar.server.proxy.http1.Framing;
import dev.sidecar.server.proxy.http1.Origin;
import dev.sidecar.server.proxy.http1.RequestEdit;
import dev.sidecar.server.proxy.http1.RequestHead;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A shared cache in front of the application (RFC 9111). It answers what it has, asks whether what it had still holds,
 * and lets one request fetch what many want. Thread-safe.
 */
public final class ResponseCache implements AutoCloseable {

    /** The largest content that is kept is this part of all there is room for. */
    public static final int LARGEST = 16;

    private static final Answer NOT_CACHED = Answer.of(Problem.of(
            504, "not-cached", "the request wants an answer from the cache only, and there is none that may be used"));

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /** A request with one of these is for a part, or for a state that only the application knows. */
    private static final List<String> NOT_FOR_CACHES = List.of("range", "if-match", "if-unmodified-since", "if-range");

    private static final int WAITS = 3;

    private final ResponseStore store;
    private final Flights flights = new Flights();
    private final long largest;
    private final InstantSource clock;
    private final boolean compress;
    private final CacheMeters meters;
    private final ExecutorService work = Threads.queued("offload-cache", 1, 256, Duration.ofSeconds(10));

    /**
     * @param capacity in bytes
     * @param compress whether clients that take it get gzip
     */
    public ResponseCache(long capacity, boolean compress, InstantSource clock, MeterRegistry registry) {
        this.store = new ResponseStore(capacity);
        this.largest = capacity / LARGEST;
        this.compress = compress;
        this.clock = clock;
        this.meters = new CacheMeters(registry);
        Gauge.builder("sidecar.offload.cache.size", store, ResponseStore::weight)
                .description("What the cached answers take")
                .baseUnit("bytes")
                .register(registry);
    }

    /**
     * What to do with a request.
     *
     * @param app what is done with one that the application is to answer; asked on any thread
     */
    public Decision decide(RequestHead request, Origin origin, Supplier<Decision> app) {
        return decide(request, origin, app, WAITS);
    }

    private Decision decide(RequestHead request, Origin origin, Supplier<Decision> app, int waits) {
        String key = key(request, origin);
        if (!SAFE.contains(request.method())) {
            Decision decision = app.get();
            return decision instanceof Decision.Forward forward
                    ? tapped(forward, forward.edit(), new Invalidation(this, key, request))
                    : decision;
        }
        if (!isForCaches(request)) {
            return app.get();
        }
        CacheControl asked = CacheControl.ofRequest(request.fields());
        long now = clock.millis();
        StoredResponse stored = stored(key, request);
        if (stored != null && stored.freshness().mayBeUsed(asked, now)) {
            meters.count(stored.freshness().left(now) > 0 ? CacheMeters.HIT : CacheMeters.STALE);
            return answer(stored, key, request, stored.freshness().left(now) > 0 ? "hit" : "hit; stale");
        }
        if (asked.has("only-if-cached")) {
            return NOT_CACHED;
        }
        if (request.isHead() || asked.has("no-store")) {
            meters.count(CacheMeters.MISS);
            return app.get();
        }
        boolean mayShare = !asked.has("no-cache") && request.fields().first("authorization") == null;
        if (mayShare && flights.isRunning(key)) {
            if (stored != null && stored.freshness().mayBeUsedWhileRevalidating(asked, now)) {
                meters.count(CacheMeters.STALE);
                return answer(stored, key, request, "hit; stale");
            }
            if (waits > 0) {
                return new Decision.Later(then -> {
                    Runnable again = () -> then.accept(decide(request, origin, app, waits - 1));
                    if (!flights.await(key, again)) {
                        again.run();
                    }
                });
            }
        }
        return fetch(request, key, asked, stored, app, mayShare ? flights.begin(key, now) : null);
    }

    private Decision fetch(
            RequestHead request,
            String key,
            CacheControl asked,
            @Nullable StoredResponse stored,
            Supplier<Decision> app,
            Flights.@Nullable Flight flight) {
        Decision decision = app.get();
        Fetch fetch = new Fetch(this, key, request, asked, stored, flight);
        if (decision instanceof Decision.Forward forward) {
            meters.count(stored == null ? CacheMeters.MISS : CacheMeters.VALIDATED);
            return tapped(forward, stored == null ? forward.edit() : validating(stored), fetch);
        }
        Reply stale = fetch.failed("app-not-ready");
        fetch.over();
        return stale == null ? decision : stale;
    }

    private static Decision tapped(Decision.Forward forward, RequestEdit edit, Tap tap) {
        return new Decision.Forward(forward.route(), edit, forward.mirror(), tap);
    }

    // The client's own conditions are judged with what comes back (RFC 9111 section 4.3.1).
    private static RequestEdit validating(StoredResponse stored) {
        Map<String, String> conditions = new LinkedHashMap<>();
        String etag = stored.etag();
        String modified = stored.first("Last-Modified");
        if (etag != null) {
            conditions.put("If-None-Match", etag);
        }
        if (modified != null) {
            conditions.put("If-Modified-Since", modified);
        }
        return RequestEdit.fields(List.of("if-none-match", "if-modified-since"), conditions);
    }

    private @Nullable StoredResponse stored(String key, RequestHead request) {
        StoredResponse found = store.find(key, request.fields());
        boolean authorized = request.fields().first("authorization") != null;
        return found == null || (authorized && !found.forAuthorized()) ? null : found;
    }

    private static boolean isForCaches(RequestHead request) {
        boolean read = request.isHead() || request.method().equals("GET");
        return read
                && request.framing() == Framing.NONE
                && request.upgrade() == null
                && !request.target().equals("*")
                && NOT_FOR_CACHES.stream().allMatch(name -> request.fields().first(name) == null);
    }

    /** What the application chooses its answer by without being asked to say so: the URL, as those who are trusted say. */
    static String key(RequestHead request, Origin origin) {
        return prefix(request, origin) + request.target();
    }

    private static String prefix(RequestHead request, Origin origin) {
        StringBuilder key = new StringBuilder(64)
                .append(origin.secure() ? "https " : "http ")
                .append(request.authority().toLowerCase(Locale.ROOT))
                .append(' ');
        if (origin.trusted()) {
            for (String name : List.of("x-forwarded-proto", "x-forwarded-host", "x-forwarded-port")) {
                String said = StoredResponse.combined(request.fields(), name);
                key.append(said == null ? "" : said).append(' ');
            }
        }
        return key.toString();
    }

    private Decision answer(StoredResponse stored, String key, RequestHead request, String how) {
        boolean gzip = compress && stored.compressible() && AnswerCompression.isTakenBy(request);
        if (!gzip || stored.compressed() != null) {
            return stored.reply(request.fields(), gzip, how, clock.millis());
        }
        return new Decision.Later(then -> {
            try {
                work.execute(() -> {
                    StoredResponse compressed = stored.withCompressed(gzip(stored.body()));
                    if (store.find(key, request.fields()) == stored) {
                        store.put(key, request.fields(), compressed);
                    }
                    then.accept(compressed.reply(request.fields(), true, how, clock.millis()));
                });
            } catch (RejectedExecutionException full) {
                then.accept(stored.reply(request.fields(), false, how, clock.millis()));
            }
        });
    }

    /** The answer to a request that must be answered at once. */
    Reply now(StoredResponse stored, RequestHead request, String how) {
        boolean gzip = stored.compressed() != null && compress && AnswerCompression.isTakenBy(request);
        return stored.reply(request.fields(), gzip, how, clock.millis());
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 3 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, 8192)) {
            gzip.write(plain);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return out.toByteArray();
    }

    /** A new answer for what this request asks. */
    void put(String key, Fields request, StoredResponse response) {
        store.put(key, request, response);
    }

    /** What was kept for this request does not hold any more. */
    void remove(String key, Fields request) {
        store.remove(key, request);
    }

    /** What was kept under that key does not hold any more. */
    void remove(String key) {
        store.remove(key);
    }

    CacheMeters meters() {
        return meters;
    }

    long largest() {
        return largest;
    }

    boolean compresses() {
        return compress;
    }

    long now() {
        return clock.millis();
    }

    @Override
    public void close() {
        work.shutdownNow();
    }
}
