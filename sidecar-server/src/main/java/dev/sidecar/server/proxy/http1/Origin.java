package dev.sidecar.server.proxy.http1;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

/** What the upstream is told of the client's side of a connection. Made once a connection. */
public final class Origin {

    private final String address;
    private final boolean secure;
    private final boolean trusted;
    private final byte[] forwardedFor;
    private final byte[] proto;
    private final byte[] forwarded;

    /**
     * @param peer the client's address
     * @param secure whether the client speaks TLS
     * @param trusted whether what it says of clients before it is passed on
     */
    public Origin(SocketAddress peer, boolean secure, boolean trusted) {
        InetAddress inet = peer instanceof InetSocketAddress socket ? socket.getAddress() : null;
        String host = inet == null ? "unknown" : inet.getHostAddress();
        int zone = host.indexOf('%');
        this.address = zone < 0 ? host : host.substring(0, zone);
        this.secure = secure;
        this.trusted = trusted;
        boolean six = address.indexOf(':') >= 0;
        String scheme = secure ? "https" : "http";
        forwardedFor = ascii(address + "\r\n");
        proto = ascii("X-Forwarded-Proto: " + scheme + "\r\n");
        forwarded = ascii("for=" + (six ? "\"[" + address + "]\"" : address) + ";proto=" + scheme);
    }

    /** The client's address without its port. */
    public String address() {
        return address;
    }

    public boolean secure() {
        return secure;
    }

    /** Whether what it says of clients before it is passed on. */
    public boolean trusted() {
        return trusted;
    }

    byte[] forwardedFor() {
        return forwardedFor;
    }

    byte[] proto() {
        return proto;
    }

    byte[] forwarded() {
        return forwarded;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
