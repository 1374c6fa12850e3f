package dev.sidecar.server.proxy.http1;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a route changes in a request's head before it goes on. Immutable; made once and shared by many requests. */
public final class RequestEdit {

    /** Everything stays as the client sent it. */
    public static final RequestEdit NONE = new RequestEdit(null, null, List.of(), Map.of());

    private final @Nullable String target;
    private final byte @Nullable [] host;
    private final boolean targetsHost;
    private final byte[][] removed;
    private final byte[] added;

    private RequestEdit(@Nullable String target, @Nullable String host, List<String> removed, Map<String, String> set) {
        this.target = target == null ? null : checked(target, Octets::target);
        this.host = host == null ? null : ascii(checked(host, Octets::authority));
        this.targetsHost = false;
        StringBuilder lines = new StringBuilder();
        set.forEach((name, value) -> lines.append(checked(name, Octets::token))
                .append(": ")
                .append(checked(value, Octets::value))
                .append("\r\n"));
        this.added = ascii(lines.toString());
        this.removed = java.util.stream.Stream.concat(removed.stream(), set.keySet().stream())
                .map(name -> ascii(changeable(name.toLowerCase(Locale.ROOT))))
                .toArray(byte[][]::new);
    }

    private static String changeable(String name) {
        byte[] bytes = ascii(name);
        byte kind = Field.of(bytes, 0, bytes.length);
        if (Field.isFraming(kind) || Field.isHopByHop(kind)) {
            throw new IllegalArgumentException("'" + name + "' is not a header that a route may change");
        }
        return name;
    }

    /** The same edit with another path and query. */
    public RequestEdit target(String target) {
        return new RequestEdit(this, checked(target, Octets::target), host, targetsHost);
    }

    /** The same edit with this Host instead of the client's. */
    public RequestEdit host(String host) {
        return new RequestEdit(this, target, ascii(checked(host, Octets::authority)), false);
    }

    /** The same edit with the instance's own address as the Host. */
    public RequestEdit targetsHost() {
        return new RequestEdit(this, target, null, true);
    }

    /**
     * An edit of header fields.
     *
     * @param removed names of fields that are not passed on
     * @param set fields that replace whatever the client sent of that name
     * @throws IllegalArgumentException when a name or value has a character that HTTP does not allow
     */
    public static RequestEdit fields(List<String> removed, Map<String, String> set) {
        return new RequestEdit(null, null, removed, set);
    }

    private RequestEdit(RequestEdit other, @Nullable String target, byte @Nullable [] host, boolean targetsHost) {
        this.targetsHost = targetsHost;
        this.target = target;
        this.host = host;
        this.removed = other.removed;
        this.added = other.added;
    }

    /** Path and query that a request goes on with. */
    public String targetOf(RequestHead request) {
        return target == null ? request.target() : target;
    }

    @Nullable
    String target() {
        return target;
    }

    byte @Nullable [] host() {
        return host;
    }

    boolean isHostOfTarget() {
        return targetsHost;
    }

    byte[] added() {
        return added;
    }

    boolean removes(Fields fields, int line) {
        for (byte[] name : removed) {
            if (sameName(fields, line, name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean sameName(Fields fields, int line, byte[] name) {
        int start = fields.nameStart(line);
        if (fields.nameEnd(line) - start != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (Octets.lower(fields.bytes()[start + i]) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private interface Allowed {
        boolean test(byte octet);
    }

    private static String checked(String text, Allowed allowed) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xff || !allowed.test((byte) text.charAt(i))) {
                throw new IllegalArgumentException("'" + text + "' has a character that HTTP does not allow there");
            }
        }
        return text;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
