package dev.sidecar.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code host:port}; an IPv6 address is in brackets. */
record Address(String host, int port) {

    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^\\s:/\\[\\]@]+)):(\\d{1,5})");

    static Address of(CheckDefinition definition) {
        String text = definition.address();
        Matcher form = FORM.matcher(text == null ? "" : text);
        int port = form.matches() ? Integer.parseInt(form.group(3)) : 0;
        if (port < 1 || port > 65535) {
            throw CheckRules.refused(
                    definition, "address", text, "host:port such as 127.0.0.1:5432 or [::1]:5432, port 1 to 65535");
        }
        String host = form.group(1) == null ? form.group(2) : form.group(1);
        return new Address(host, port);
    }

    /**
     * A name may have several addresses, such as localhost; the first that lets us in is taken. An interrupt ends it.
     */
    SocketChannel connect() throws IOException {
        IOException refusal = new IOException("no address");
        for (InetAddress ip : InetAddress.getAllByName(host)) {
            SocketChannel channel = SocketChannel.open();
            try {
                channel.connect(new InetSocketAddress(ip, port));
                return channel;
            } catch (IOException e) {
                channel.close();
                refusal = e;
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
            }
        }
        throw refusal;
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
