package dev.sidecar.server.edge.driver.nginx;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The address where the built-in template shows which generation serves. A plain socket, because each question must
 * come by a connection of its own: one that is kept alive is answered by an old worker.
 *
 * @param address such as {@code 127.0.0.1:8081}
 */
record StatusPage(String address) {

    private static final int TIMEOUT_MILLIS = 1000;

    boolean serves(String generation) {
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? "127.0.0.1" : address.substring(0, colon);
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(
                            host.equals("*") ? "127.0.0.1" : host, Integer.parseInt(address.substring(colon + 1))),
                    TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream()
                    .write("GET /generation HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readNBytes(4096), StandardCharsets.US_ASCII);
            return answer.endsWith("\r\n\r\n" + generation);
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }
}
