package dev.sidecar.server.proxy.http1;

/**
 * A message that is malformed, ambiguous or larger than allowed. The connection it came on cannot be used again. It
 * has no stack trace: hostile peers make many.
 */
public final class FramingException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /**
     * @param status what a client is answered; for an upstream's message it is always 502
     * @param code stable, kebab-case
     * @param detail what is wrong with the message
     */
    public FramingException(int status, String code, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
    }

    static FramingException malformed(String detail) {
        return new FramingException(400, "malformed-message", detail);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** What is wrong with the message; never part of its content. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
