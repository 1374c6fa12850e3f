package dev.sidecar.server.offload.negotiation;

/** A content coding, in the order in which they are preferred when the client likes them alike. */
public enum Coding {
    BR("br", ".br"),
    ZSTD("zstd", ".zst"),
    GZIP("gzip", ".gz"),
    IDENTITY("identity", "");

    private final String token;
    private final String suffix;

    Coding(String token, String suffix) {
        this.token = token;
        this.suffix = suffix;
    }

    /** As in {@code Content-Encoding}. */
    public String token() {
        return token;
    }

    /** Of a file beside the plain one. */
    public String suffix() {
        return suffix;
    }
}
