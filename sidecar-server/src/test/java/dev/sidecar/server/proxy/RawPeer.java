package dev.sidecar.server.proxy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The upstream's end of one connection. */
final class RawPeer {

    final Socket socket;
    private final List<String> heads;

    RawPeer(Socket socket, List<String> heads) {
        this.socket = socket;
        this.heads = heads;
    }

    /** The next request's head, empty at the end of the connection. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                if (head.length() > 0) {
                    heads.add(head.toString());
                }
                return "";
            }
            head.append((char) octet);
        }
        heads.add(head.toString());
        return head.toString();
    }

    String read(int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Ends the connection with a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
