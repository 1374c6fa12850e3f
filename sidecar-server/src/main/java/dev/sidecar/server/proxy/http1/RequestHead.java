package dev.sidecar.server.proxy.http1;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The request line and header fields of one HTTP/1.1 (or 1.0) request, checked: whoever gets one need not look for
 * ambiguities again. Read-only and safe to keep; the bytes are its own.
 */
public final class RequestHead extends Head {

    private static final int MAX_METHOD = 32;

    private final byte[] bytes;
    private final int methodEnd;
    private final int targetStart;
    private final int targetEnd;
    private final int minorVersion;
    private final int hostStart;
    private final int hostEnd;
    private final boolean expectContinue;
    private @Nullable String method;
    private @Nullable String target;

    private RequestHead(byte[] bytes, int methodEnd, int targetEnd, int minorVersion, Fields fields)
            throws FramingException {
        super(fields);
        this.bytes = bytes;
        this.methodEnd = methodEnd;
        this.minorVersion = minorVersion;
        if (minorVersion == 0 && chunked()) {
            throw FramingException.malformed("Transfer-Encoding in an HTTP/1.0 request");
        }
        int host = onlyHost(fields);
        expectContinue = expectContinue(fields);
        int start = methodEnd + 1;
        int authority = -1;
        if (isConnect()) {
            checkAuthority(start, targetEnd, true);
            targetStart = start;
        } else if (bytes[start] == '/' || isAsterisk(start, targetEnd)) {
            targetStart = start;
        } else {
            authority = absoluteAuthority(start, targetEnd);
            targetStart = pathStart(authority, targetEnd);
        }
        this.targetEnd = targetEnd;
        if (host >= 0) {
            checkAuthority(fields.valueStart(host), fields.valueEnd(host), false);
        }
        if (authority >= 0) {
            int authorityEnd = targetStart;
            checkAuthority(authority, authorityEnd, false);
            if (host >= 0 && !sameAuthority(authority, authorityEnd, fields.valueStart(host), fields.valueEnd(host))) {
                throw FramingException.malformed("a Host that is not the authority of the request target");
            }
            hostStart = authority;
            hostEnd = authorityEnd;
        } else if (isConnect()) {
            if (host >= 0 && !sameHostName(start, targetEnd, fields.valueStart(host), fields.valueEnd(host))) {
                throw FramingException.malformed("a Host that is not the authority of the request target");
            }
            hostStart = start;
            hostEnd = targetEnd;
        } else {
            hostStart = host < 0 ? 0 : fields.valueStart(host);
            hostEnd = host < 0 ? 0 : fields.valueEnd(host);
        }
    }

    /** Reads a head whose bytes end with the empty line. */
    static RequestHead parse(byte[] bytes, HeadLimits limits) throws FramingException {
        int at = 0;
        while (Octets.token(bytes[at])) {
            at++;
        }
        int methodEnd = at;
        if (methodEnd == 0 || methodEnd > MAX_METHOD || bytes[at] != ' ') {
            throw FramingException.malformed("a request line that does not begin with a method and one space");
        }
        at++;
        while (Octets.target(bytes[at])) {
            at++;
        }
        int targetEnd = at;
        if (targetEnd == methodEnd + 1 || bytes[at] != ' ') {
            throw FramingException.malformed("a request target that is empty or has a character that is not allowed");
        }
        if (targetEnd - methodEnd - 1 > limits.maxTargetBytes()) {
            throw new FramingException(
                    414, "target-too-long", "the request target is longer than " + limits.maxTargetBytes() + " bytes");
        }
        int minor = version(bytes, at + 1);
        int line = at + 9;
        if (bytes[line] != Octets.CR || bytes[line + 1] != Octets.LF) {
            throw FramingException.malformed("a request line that does not end after the version");
        }
        return new RequestHead(
                bytes, methodEnd, targetEnd, minor, Fields.parse(bytes, line + 2, bytes.length, limits.maxFields()));
    }

    /** The minor version of {@code HTTP/1.x} at that place. */
    static int version(byte[] bytes, int at) throws FramingException {
        if (bytes.length < at + 10
                || bytes[at] != 'H'
                || bytes[at + 1] != 'T'
                || bytes[at + 2] != 'T'
                || bytes[at + 3] != 'P'
                || bytes[at + 4] != '/'
                || !Octets.digit(bytes[at + 5])
                || bytes[at + 6] != '.'
                || !Octets.digit(bytes[at + 7])) {
            throw FramingException.malformed("a version that is not HTTP/1.0 or HTTP/1.1");
        }
        if (bytes[at + 5] != '1' || bytes[at + 7] > '1') {
            throw new FramingException(505, "version-not-supported", "only HTTP/1.1 and HTTP/1.0 are spoken here");
        }
        return bytes[at + 7] - '0';
    }

    /** The method as sent; methods are case-sensitive. */
    public String method() {
        if (method == null) {
            method = methodEnd == 3 && bytes[0] == 'G' && bytes[1] == 'E' && bytes[2] == 'T'
                    ? "GET"
                    : text(0, methodEnd);
        }
        return method;
    }

    /** Path and query as they go to the upstream, {@code *}, or for CONNECT {@code host:port}. */
    public String target() {
        if (target == null) {
            target = targetStart == targetEnd || bytes[targetStart] == '?'
                    ? "/" + text(targetStart, targetEnd)
                    : text(targetStart, targetEnd);
        }
        return target;
    }

    /** The target up to its query, still percent-encoded. */
    public String path() {
        String all = target();
        int query = all.indexOf('?');
        return query < 0 ? all : all.substring(0, query);
    }

    /** Host and port as the client gave them, by an absolute target or by {@code Host}; empty in old HTTP/1.0 only. */
    public String authority() {
        return text(hostStart, hostEnd);
    }

    /** Whether the client spoke to us as to a proxy: an absolute target. */
    public boolean absoluteForm() {
        return targetStart != methodEnd + 1;
    }

    public boolean isConnect() {
        return methodIs("CONNECT");
    }

    public boolean isHead() {
        return methodIs("HEAD");
    }

    /** Whether doing it twice does no more than doing it once (RFC 9110 section 9.2.2). */
    public boolean isIdempotent() {
        return switch (method()) {
            case "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE" -> true;
            default -> false;
        };
    }

    /** 0 or 1. */
    public int minorVersion() {
        return minorVersion;
    }

    /** Whether the client may send another request on its connection. */
    public boolean persistent() {
        return minorVersion == 1 && !close();
    }

    /** Whether the client waits for {@code 100 Continue} before it sends content. */
    public boolean expectContinue() {
        return expectContinue;
    }

    /**
     * The protocols the client would change to. Null when there is none, when the request has content, and when one of
     * them carries HTTP itself: behind such a change nobody would look at requests any more.
     */
    public @Nullable String upgrade() {
        int line = upgradeLine();
        if (line < 0 || minorVersion == 0 || framing() != Framing.NONE) {
            return null;
        }
        String offered = fields().value(line);
        return protocols(offered).anyMatch(RequestHead::carriesHttp) ? null : offered;
    }

    /** Whether a 101 response changes to what {@link #upgrade} offered. */
    public boolean offered(ResponseHead switching) {
        String offered = upgrade();
        if (offered == null || !switching.upgrades()) {
            return false;
        }
        Set<String> all = protocols(offered).collect(Collectors.toSet());
        return protocols(switching.fields().value(switching.upgradeLine())).allMatch(all::contains);
    }

    private static Stream<String> protocols(String list) {
        return Stream.of(list.toLowerCase(Locale.ROOT).split(",")).map(String::strip);
    }

    private static boolean carriesHttp(String protocol) {
        return protocol.equals("h2c")
                || protocol.equals("h2")
                || protocol.startsWith("http/")
                || protocol.startsWith("tls/");
    }

    public Framing framing() {
        if (chunked()) {
            return Framing.CHUNKED;
        }
        return contentLength() > 0 ? Framing.LENGTH : Framing.NONE;
    }

    byte[] bytes() {
        return bytes;
    }

    int methodEnd() {
        return methodEnd;
    }

    int targetStart() {
        return targetStart;
    }

    int targetEnd() {
        return targetEnd;
    }

    int hostStart() {
        return hostStart;
    }

    int hostEnd() {
        return hostEnd;
    }

    private boolean methodIs(String name) {
        if (methodEnd != name.length()) {
            return false;
        }
        for (int i = 0; i < methodEnd; i++) {
            if (bytes[i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean isAsterisk(int start, int end) throws FramingException {
        if (bytes[start] != '*') {
            return false;
        }
        if (end != start + 1 || !methodIs("OPTIONS")) {
            throw FramingException.malformed("a request target that begins with an asterisk");
        }
        return true;
    }

    private int onlyHost(Fields fields) throws FramingException {
        int host = -1;
        for (int i = 0; i < fields.count(); i++) {
            if (fields.kind(i) == Field.HOST) {
                if (host >= 0) {
                    throw FramingException.malformed("more than one Host");
                }
                host = i;
            }
        }
        if (host < 0 && minorVersion == 1) {
            throw FramingException.malformed("no Host");
        }
        return host;
    }

    private static boolean expectContinue(Fields fields) throws FramingException {
        int line = fields.indexOf(Field.EXPECT);
        if (line < 0) {
            return false;
        }
        if (!fields.valueIs(line, "100-continue")) {
            throw new FramingException(417, "expectation-failed", "an Expect other than 100-continue");
        }
        return true;
    }

    private int absoluteAuthority(int start, int end) throws FramingException {
        String scheme = "http://";
        if (end - start <= scheme.length() || !Octets.equalsIgnoreCase(bytes, start, start + scheme.length(), scheme)) {
            throw FramingException.malformed("a request target that is neither a path nor an http URL");
        }
        return start + scheme.length();
    }

    private int pathStart(int authority, int end) {
        int at = authority;
        while (at < end && bytes[at] != '/' && bytes[at] != '?') {
            at++;
        }
        return at;
    }

    private void checkAuthority(int start, int end, boolean portNeeded) throws FramingException {
        int colon = -1;
        int bracket = -1;
        for (int i = start; i < end; i++) {
            byte octet = bytes[i];
            if (!Octets.authority(octet)) {
                throw FramingException.malformed("a host with a character that is not allowed");
            }
            if (octet == ']') {
                bracket = i;
                colon = -1;
            } else if (octet == ':' && (bytes[start] != '[' || bracket > 0)) {
                if (colon >= 0) {
                    throw FramingException.malformed("a host with more than one port");
                }
                colon = i;
            }
        }
        int hostEnd = colon < 0 ? end : colon;
        boolean literal = bytes[start] == '[';
        if (hostEnd <= start || literal != (bracket == hostEnd - 1 && bracket > start) || (!literal && bracket >= 0)) {
            throw FramingException.malformed("a host that is empty or not closed");
        }
        int port = colon < 0 ? -1 : 0;
        for (int i = hostEnd + 1; i < end; i++) {
            port = Octets.digit(bytes[i]) && port < 65536 ? port * 10 + bytes[i] - '0' : 65536;
        }
        if (port > 65535 || (portNeeded && port <= 0) || colon == end - 1) {
            throw FramingException.malformed("a port that is not a number from 1 to 65535");
        }
    }

    private boolean sameAuthority(int start, int end, int otherStart, int otherEnd) {
        return text(start, withoutDefaultPort(start, end))
                .equalsIgnoreCase(text(otherStart, withoutDefaultPort(otherStart, otherEnd)));
    }

    private boolean sameHostName(int start, int end, int otherStart, int otherEnd) {
        String authority = text(start, end);
        String host = text(otherStart, otherEnd);
        return authority.equalsIgnoreCase(host)
                || authority.substring(0, authority.lastIndexOf(':')).equalsIgnoreCase(host);
    }

    private int withoutDefaultPort(int start, int end) {
        boolean port80 = end - start > 3 && bytes[end - 3] == ':' && bytes[end - 2] == '8' && bytes[end - 1] == '0';
        return port80 ? end - 3 : end;
    }

    private String text(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }
}
