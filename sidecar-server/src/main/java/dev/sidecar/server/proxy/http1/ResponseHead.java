package dev.sidecar.server.proxy.http1;

/** The status line and header fields of one response, checked. Read-only and safe to keep; the bytes are its own. */
public final class ResponseHead extends Head {

    private final byte[] bytes;
    private final int minorVersion;
    private final int status;
    private final int reasonStart;
    private final int reasonEnd;

    private ResponseHead(byte[] bytes, int minorVersion, int status, int reasonStart, int reasonEnd, Fields fields)
            throws FramingException {
        super(fields);
        this.bytes = bytes;
        this.minorVersion = minorVersion;
        this.status = status;
        this.reasonStart = reasonStart;
        this.reasonEnd = reasonEnd;
        if (minorVersion == 0 && chunked()) {
            throw FramingException.malformed("Transfer-Encoding in an HTTP/1.0 response");
        }
    }

    /** Reads a head whose bytes end with the empty line. */
    static ResponseHead parse(byte[] bytes, HeadLimits limits) throws FramingException {
        int minor = RequestHead.version(bytes, 0);
        int status = 0;
        for (int i = 9; i < 12 && i < bytes.length; i++) {
            status = Octets.digit(bytes[i]) && status >= 0 ? status * 10 + bytes[i] - '0' : -1;
        }
        if (bytes.length < 16 || bytes[8] != ' ' || status < 100 || status > 599) {
            throw FramingException.malformed("a status that is not three digits from 100 to 599");
        }
        int reason = 12;
        if (bytes[reason] == ' ') {
            reason++;
        } else if (bytes[reason] != Octets.CR) {
            throw FramingException.malformed("a status that is not three digits from 100 to 599");
        }
        int end = reason;
        while (Octets.value(bytes[end])) {
            end++;
        }
        if (bytes[end] != Octets.CR || bytes[end + 1] != Octets.LF) {
            throw FramingException.malformed("a reason phrase with a control character");
        }
        Fields fields = Fields.parse(bytes, end + 2, bytes.length, limits.maxFields());
        return new ResponseHead(bytes, minor, status, reason, end, fields);
    }

    public int status() {
        return status;
    }

    /** A 1xx response: another one follows. */
    public boolean interim() {
        return status < 200;
    }

    /** Whether the upstream lets its connection be used again. */
    public boolean persistent() {
        return minorVersion == 1 ? !close() : keepAlive() && !close();
    }

    /** The protocol of a 101 response's {@code Upgrade} line, or -1. */
    public boolean upgrades() {
        return status == 101 && upgradeLine() >= 0;
    }

    /** How the content ends, as the answer to a HEAD request or to another one. */
    public Framing framing(boolean toHead) {
        if (toHead || status < 200 || status == 204 || status == 304) {
            return Framing.NONE;
        }
        if (chunked()) {
            return Framing.CHUNKED;
        }
        if (contentLength() >= 0) {
            return contentLength() == 0 ? Framing.NONE : Framing.LENGTH;
        }
        return Framing.UNTIL_CLOSE;
    }

    byte[] bytes() {
        return bytes;
    }

    int minorVersion() {
        return minorVersion;
    }

    int reasonStart() {
        return reasonStart;
    }

    int reasonEnd() {
        return reasonEnd;
    }
}
