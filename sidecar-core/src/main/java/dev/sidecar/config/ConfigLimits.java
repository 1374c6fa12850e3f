package dev.sidecar.config;

/** What the store keeps and takes. */
public final class ConfigLimits {

    /** A value's JSON, in UTF-8. */
    public static final int MAX_VALUE_BYTES = 512 * 1024;

    /** In characters. */
    public static final int MAX_KEY_LENGTH = 255;

    /** Of each key, deletions among them, however old they are. */
    public static final int KEPT_VERSIONS = 100;

    /** For watchers to go on after; more versions of a key are kept while they are among these. */
    public static final int KEPT_CHANGES = 100_000;

    /** All the changes that are kept for watchers are at most this large. */
    public static final long KEPT_CHANGES_BYTES = 256L << 20;

    /** The file. */
    public static final long MAX_STORE_BYTES = 4L << 30;

    private ConfigLimits() {}
}
