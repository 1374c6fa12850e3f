package dev.sidecar.server.proxy.http1;

/** The header fields that a proxy itself looks at. Everything else is {@link #OTHER}. */
public final class Field {

    public static final byte OTHER = 0;
    public static final byte CONNECTION = 1;
    public static final byte CONTENT_LENGTH = 2;
    public static final byte TRANSFER_ENCODING = 3;
    public static final byte HOST = 4;
    public static final byte EXPECT = 5;
    public static final byte UPGRADE = 6;
    public static final byte TE = 7;
    public static final byte KEEP_ALIVE = 8;
    public static final byte PROXY_CONNECTION = 9;
    public static final byte PROXY_AUTHORIZATION = 10;
    public static final byte PROXY_AUTHENTICATE = 11;
    public static final byte HTTP2_SETTINGS = 12;
    public static final byte VIA = 13;
    public static final byte FORWARDED = 14;
    public static final byte X_FORWARDED_FOR = 15;
    public static final byte X_FORWARDED_HOST = 16;
    public static final byte X_FORWARDED_PROTO = 17;
    public static final byte X_REQUEST_ID = 18;
    public static final byte TRACEPARENT = 19;
    public static final byte TRAILER = 20;
    public static final byte X_FORWARDED_PORT = 21;
    public static final byte IDEMPOTENCY_KEY = 22;
    public static final byte RETRY_AFTER = 23;
    public static final byte SIDECAR_REASON = 24;

    // Only an answer of our own looks at those from here on.
    public static final byte IF_MATCH = 25;
    public static final byte IF_NONE_MATCH = 26;
    public static final byte IF_MODIFIED_SINCE = 27;
    public static final byte IF_UNMODIFIED_SINCE = 28;
    public static final byte IF_RANGE = 29;
    public static final byte RANGE = 30;
    public static final byte ACCEPT = 31;
    public static final byte ACCEPT_ENCODING = 32;

    private static final String[] NAMES = {
        "",
        "connection",
        "content-length",
        "transfer-encoding",
        "host",
        "expect",
        "upgrade",
        "te",
        "keep-alive",
        "proxy-connection",
        "proxy-authorization",
        "proxy-authenticate",
        "http2-settings",
        "via",
        "forwarded",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-proto",
        "x-request-id",
        "traceparent",
        "trailer",
        "x-forwarded-port",
        "idempotency-key",
        "retry-after",
        "sidecar-reason",
        "if-match",
        "if-none-match",
        "if-modified-since",
        "if-unmodified-since",
        "if-range",
        "range",
        "accept",
        "accept-encoding"
    };

    private static final byte[][] BY_LENGTH = new byte[32][];

    static {
        for (int length = 0; length < BY_LENGTH.length; length++) {
            byte[] found = new byte[NAMES.length];
            int count = 0;
            for (byte kind = 1; kind < NAMES.length; kind++) {
                if (NAMES[kind].length() == length) {
                    found[count++] = kind;
                }
            }
            BY_LENGTH[length] = java.util.Arrays.copyOf(found, count);
        }
    }

    private Field() {}

    /** Which field the bytes name, whatever their case. */
    public static byte of(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length >= BY_LENGTH.length) {
            return OTHER;
        }
        for (byte kind : BY_LENGTH[length]) {
            String name = NAMES[kind];
            if (Octets.lower(bytes[start]) == name.charAt(0) && Octets.equalsIgnoreCase(bytes, start, end, name)) {
                return kind;
            }
        }
        return OTHER;
    }

    /** Fields of one hop only (RFC 9110 section 7.6.1): never passed on as they came. */
    public static boolean isHopByHop(byte kind) {
        return switch (kind) {
            case CONNECTION,
                    TRANSFER_ENCODING,
                    UPGRADE,
                    TE,
                    KEEP_ALIVE,
                    PROXY_CONNECTION,
                    PROXY_AUTHORIZATION,
                    PROXY_AUTHENTICATE,
                    HTTP2_SETTINGS -> true;
            default -> false;
        };
    }

    /** Fields that a proxy acts on when it passes a message on. */
    static boolean isProxys(byte kind) {
        return kind != OTHER && kind < IF_MATCH;
    }

    /** Fields that say where a message ends or whom it is for: not to be had as a trailer, nor named by Connection. */
    public static boolean isFraming(byte kind) {
        return kind == CONTENT_LENGTH || kind == TRANSFER_ENCODING || kind == HOST;
    }
}
