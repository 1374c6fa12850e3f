package dev.sidecar.server.offload.cache;

import dev.sidecar.server.proxy.Reply;
import dev.sidecar.server.proxy.Tap;
import dev.sidecar.server.proxy.http1.RequestHead;
import dev.sidecar.server.proxy.http1.ResponseHead;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** One request on its way to the application: keeps what comes back, when it may be kept. */
final class Fetch implements Tap {

    private final ResponseCache cache;
    private final String key;
    private final RequestHead request;
    private final CacheControl asked;
    private final @Nullable StoredResponse stored;
    private final Flights.@Nullable Flight flight;
    private final long askedAt;
    private @Nullable Storable found;
    private @Nullable ByteArrayOutputStream content;

    /**
     * @param stored what the application is asked whether it still holds; null when it is asked for all of it
     * @param flight others who wait for this one; null when nobody may
     */
    Fetch(
            ResponseCache cache,
            String key,
            RequestHead request,
            CacheControl asked,
            @Nullable StoredResponse stored,
            Flights.@Nullable Flight flight) {
        this.cache = cache;
        this.key = key;
        this.request = request;
        this.asked = asked;
        this.stored = stored;
        this.flight = flight;
        this.askedAt = cache.now();
    }

    @Override
    public @Nullable Reply head(ResponseHead head) {
        long now = cache.now();
        StoredResponse before = stored;
        if (head.status() == 304) {
            return before == null ? null : refreshed(before, head, now);
        }
        if (head.status() >= 500) {
            return failed("answer");
        }
        found = Storable.of(request, head, askedAt, now, cache.compresses());
        if (found == null) {
            if (before != null) {
                cache.remove(key, request.fields());
            }
            if (flight != null) {
                flight.landPrivate(now);
            }
        } else if (head.contentLength() > cache.largest()) {
            giveUp(now);
        } else {
            content = new ByteArrayOutputStream((int) Math.max(512, head.contentLength()));
        }
        return null;
    }

    private Reply refreshed(StoredResponse before, ResponseHead head, long now) {
        CacheControl control = CacheControl.of(head.fields());
        Freshness fresh = Freshness.of(head.fields(), control, askedAt, now);
        boolean said = Freshness.isSaid(head.fields(), control);
        StoredResponse after = before.refreshed(
                Storable.dated(Storable.kept(head), fresh.date()),
                said ? fresh : before.freshness().from(fresh));
        cache.put(key, request.fields(), after);
        return cache.now(after, request, "fwd=stale; fwd-status=304");
    }

    @Override
    public void content(ByteBuf in, int length) {
        ByteArrayOutputStream into = content;
        if (into == null) {
            return;
        }
        if (into.size() + length > cache.largest()) {
            giveUp(cache.now());
            return;
        }
        byte[] bytes = new byte[length];
        in.getBytes(in.readerIndex(), bytes);
        into.write(bytes, 0, length);
    }

    private void giveUp(long now) {
        content = null;
        cache.remove(key, request.fields());
        if (flight != null) {
            flight.landPrivate(now);
        }
    }

    @Override
    public void end() {
        Storable what = found;
        if (what != null && content != null) {
            cache.put(key, request.fields(), what.with(content.toByteArray()));
        }
    }

    @Override
    public @Nullable Reply failed(String reason) {
        StoredResponse before = stored;
        if (before == null || !before.freshness().mayBeUsedOnError(asked, cache.now())) {
            return null;
        }
        cache.meters().count(CacheMeters.STALE);
        return cache.now(before, request, "hit; stale");
    }

    @Override
    public void over() {
        if (flight != null) {
            flight.land();
        }
    }
}
