package dev.sidecar.server.offload.cache;

import dev.sidecar.server.proxy.Reply;
import dev.sidecar.server.proxy.Tap;
import dev.sidecar.server.proxy.http1.RequestHead;
import dev.sidecar.server.proxy.http1.ResponseHead;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Forgets what a request that changes something may have changed (RFC 9111 section 4.4). */
final class Invalidation implements Tap {

    private final ResponseCache cache;
    private final String key;
    private final RequestHead request;

    Invalidation(ResponseCache cache, String key, RequestHead request) {
        this.cache = cache;
        this.key = key;
        this.request = request;
    }

    @Override
    public @Nullable Reply head(ResponseHead head) {
        if (head.status() < 400) {
            cache.remove(key);
            forget(head.fields().first("location"));
            forget(head.fields().first("content-location"));
        }
        return null;
    }

    // Of this origin only: nobody may have others forget what is not theirs.
    private void forget(@Nullable String location) {
        if (location == null) {
            return;
        }
        try {
            URI named = URI.create("http://" + request.authority() + request.target())
                    .resolve(location);
            boolean same = request.authority().equalsIgnoreCase(String.valueOf(named.getRawAuthority()));
            if (same && named.getRawPath() != null) {
                String query = named.getRawQuery() == null ? "" : "?" + named.getRawQuery();
                String prefix = key.substring(0, key.length() - request.target().length());
                cache.remove(prefix + named.getRawPath() + query);
            }
        } catch (IllegalArgumentException noUrl) {
            // Then it names nothing that could be kept.
        }
    }
}
