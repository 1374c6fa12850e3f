package dev.sidecar.server.offload.cache;

import dev.sidecar.server.proxy.http1.Fields;
import io.netty.handler.codec.DateFormatter;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * How long a stored response may be used (RFC 9111 section 4.2 and RFC 5861). Nothing is guessed: what does not say how
 * long it is good for is not good for any time. Times are milliseconds since 1970.
 *
 * @param date when the origin made it
 * @param receivedAt when it came
 * @param ageThen how old it was then, in seconds
 * @param lifetime in seconds
 * @param validateAlways whether it must never be used unasked
 * @param neverStale whether it must not be used beyond its time, whatever happens
 * @param staleWhileRevalidate for how many seconds beyond it may be used while a new one is fetched
 * @param staleIfError for how many seconds beyond it may be used when no new one is to be had
 */
record Freshness(
        long date,
        long receivedAt,
        long ageThen,
        long lifetime,
        boolean validateAlways,
        boolean neverStale,
        long staleWhileRevalidate,
        long staleIfError) {

    /**
     * Of a response that came just now.
     *
     * @param askedAt when it was asked for
     */
    static Freshness of(Fields fields, CacheControl control, long askedAt, long now) {
        long date = time(fields.first("date"), now);
        long apparent = Math.max(0, now - date) / 1000;
        long said = number(fields.first("age")) + Math.max(0, now - askedAt) / 1000;
        boolean validateAlways = control.has("no-cache");
        boolean neverStale = validateAlways
                || control.has("must-revalidate")
                || control.has("proxy-revalidate")
                || control.has("s-maxage");
        return new Freshness(
                date,
                now,
                Math.max(apparent, said),
                Math.max(0, lifetime(fields, control, date)),
                validateAlways,
                neverStale,
                Math.max(0, control.seconds("stale-while-revalidate")),
                Math.max(0, control.seconds("stale-if-error")));
    }

    /** Whether the response says at all how long it is good for. */
    static boolean isSaid(Fields fields, CacheControl control) {
        return control.has("s-maxage")
                || control.has("max-age")
                || control.has("no-cache")
                || fields.first("expires") != null;
    }

    private static long lifetime(Fields fields, CacheControl control, long date) {
        if (control.has("s-maxage")) {
            return control.seconds("s-maxage");
        }
        if (control.has("max-age")) {
            return control.seconds("max-age");
        }
        String expires = fields.first("expires");
        return expires == null ? 0 : (time(expires, date) - date) / 1000;
    }

    private static long time(@Nullable String text, long otherwise) {
        Date date = text == null ? null : DateFormatter.parseHttpDate(text);
        return date == null ? otherwise : date.getTime();
    }

    private static long number(@Nullable String text) {
        boolean number = text != null
                && text.length() < 11
                && !text.isEmpty()
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number && text != null ? Long.parseLong(text) : 0;
    }

    /** The same for a response that was found to hold still, and says no more than that. */
    Freshness from(Freshness now) {
        return new Freshness(
                now.date,
                now.receivedAt,
                now.ageThen,
                lifetime,
                validateAlways,
                neverStale,
                staleWhileRevalidate,
                staleIfError);
    }

    /** In seconds. */
    long age(long now) {
        return ageThen + Math.max(0, now - receivedAt) / 1000;
    }

    /** How many seconds it is still fresh; negative by how many it is stale. */
    long left(long now) {
        return lifetime - age(now);
    }

    /** Whether a request that says this may be answered with it without a question to the origin. */
    boolean mayBeUsed(CacheControl request, long now) {
        long most = request.seconds("max-age");
        if (validateAlways
                || request.has("no-cache")
                || (most != CacheControl.UNSAID && age(now) > most)
                || (request.has("min-fresh") && left(now) < request.seconds("min-fresh"))) {
            return false;
        }
        // The clock counts whole seconds: what lives for one is used in the one in which it came.
        return left(now) > 0 || (request.has("max-stale") && !neverStale && -left(now) <= staleness(request));
    }

    private static long staleness(CacheControl request) {
        return request.isBare("max-stale") ? Long.MAX_VALUE : request.seconds("max-stale");
    }

    boolean mayBeUsedWhileRevalidating(CacheControl request, long now) {
        return !neverStale
                && !request.has("no-cache")
                && request.seconds("max-age") == CacheControl.UNSAID
                && -left(now) <= staleWhileRevalidate;
    }

    boolean mayBeUsedOnError(CacheControl request, long now) {
        long asked = Math.max(staleIfError, request.seconds("stale-if-error"));
        return !neverStale && !request.has("no-cache") && asked > 0 && -left(now) <= asked;
    }
}
