package dev.sidecar.server.proxy.http1;

/** Which bytes may stand where in a message head (RFC 9110 section 5.5 and 5.6.2, RFC 3986). */
final class Octets {

    static final byte CR = '\r';
    static final byte LF = '\n';

    private static final int TOKEN = 1;
    private static final int VALUE = 2;
    private static final int TARGET = 4;
    private static final int AUTHORITY = 8;
    private static final byte[] CLASS = new byte[256];

    static {
        mark(TOKEN, "!#$%&'*+-.^_`|~");
        markAlphanumeric(TOKEN);
        for (int octet = 0x20; octet < 256; octet++) {
            CLASS[octet] |= octet == 0x7f ? 0 : VALUE;
        }
        CLASS['\t'] |= VALUE;
        // What browsers send unescaped in a query is let through; what some servers read as '/' or as an end is not.
        mark(TARGET, "-._~:/?[]@!$&'()*+,;=%|{}^`");
        markAlphanumeric(TARGET);
        mark(AUTHORITY, "-._~!$&'()*+;=%:[]");
        markAlphanumeric(AUTHORITY);
    }

    private Octets() {}

    static boolean token(byte octet) {
        return (CLASS[octet & 0xff] & TOKEN) != 0;
    }

    /** Visible characters, obs-text, space and tab. */
    static boolean value(byte octet) {
        return (CLASS[octet & 0xff] & VALUE) != 0;
    }

    static boolean target(byte octet) {
        return (CLASS[octet & 0xff] & TARGET) != 0;
    }

    static boolean authority(byte octet) {
        return (CLASS[octet & 0xff] & AUTHORITY) != 0;
    }

    static boolean blank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    static boolean digit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    /** The value of a hexadecimal digit, or -1. */
    static int hex(byte octet) {
        if (octet >= '0' && octet <= '9') {
            return octet - '0';
        }
        int lower = octet | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /** Whether the bytes are this word, whatever their case; the word is given in lower case. */
    static boolean equalsIgnoreCase(byte[] bytes, int start, int end, String lowerCase) {
        if (end - start != lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            if (lower(bytes[start + i]) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static byte lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? (byte) (octet | 0x20) : octet;
    }

    private static void markAlphanumeric(int bit) {
        mark(bit, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    }

    private static void mark(int bit, String octets) {
        for (int i = 0; i < octets.length(); i++) {
            CLASS[octets.charAt(i)] |= (byte) bit;
        }
    }
}
