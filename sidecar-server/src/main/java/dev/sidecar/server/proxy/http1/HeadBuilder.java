package dev.sidecar.server.proxy.http1;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Writes the head of an HTTP/1.1 message from parts that came by another protocol. Nothing that would end a line, or
 * be read as another field, gets in.
 */
public final class HeadBuilder {

    private final ByteBuf out;

    public HeadBuilder(ByteBuf out) {
        this.out = out;
    }

    public void requestLine(CharSequence method, CharSequence target) throws FramingException {
        put(method, Octets::token, "a method with a character that is not allowed");
        out.writeByte(' ');
        put(target, Octets::target, "a path with a character that is not allowed");
        text(" HTTP/1.1\r\n");
    }

    public void statusLine(int status) {
        text("HTTP/1.1 " + status + " \r\n");
    }

    /** The name must be in lower case, as HTTP/2 has it. */
    public void field(CharSequence name, CharSequence value) throws FramingException {
        put(
                name,
                octet -> Octets.token(octet) && Octets.lower(octet) == octet,
                "a field name with a character that is not allowed");
        text(": ");
        put(value, Octets::value, "a field value with a control character");
        text("\r\n");
    }

    /** A field of ours. */
    public void text(String text) {
        out.writeCharSequence(text, StandardCharsets.US_ASCII);
    }

    private interface Allowed {
        boolean test(byte octet);
    }

    private void put(CharSequence text, Allowed allowed, String refusal) throws FramingException {
        if (text.isEmpty() && !refusal.startsWith("a field value")) {
            throw FramingException.malformed(refusal);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 0xff || !allowed.test((byte) c)) {
                throw FramingException.malformed(refusal);
            }
            out.writeByte(c);
        }
    }
}
