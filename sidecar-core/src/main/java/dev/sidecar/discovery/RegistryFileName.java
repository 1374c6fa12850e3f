package dev.sidecar.discovery;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** {@code <service>@<instance>.json}: a name may not contain '@', so no two keys share a file. */
final class RegistryFileName {

    static final String SUFFIX = ".json";

    /** What the file systems in use allow, in bytes; names are ASCII. */
    private static final int MAX_LENGTH = 255;

    private RegistryFileName() {}

    static String of(String service, String instance) {
        String name = service + "@" + instance + SUFFIX;
        return name.length() <= MAX_LENGTH ? name : shortened(service + "@" + instance);
    }

    static boolean isOurs(String fileName) {
        return fileName.endsWith(SUFFIX) && fileName.indexOf('@') > 0;
    }

    /** Cut and made unique again; '~' keeps it apart from every name that is whole. */
    private static String shortened(String key) {
        String hash = HexFormat.of().formatHex(sha256(key), 0, 16);
        return key.substring(0, MAX_LENGTH - SUFFIX.length() - hash.length() - 1) + "~" + hash + SUFFIX;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
