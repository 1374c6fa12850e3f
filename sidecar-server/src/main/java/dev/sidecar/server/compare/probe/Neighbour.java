package dev.sidecar.server.compare.probe;

import dev.sidecar.runtime.Threads;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The service that is called: answers every request with the same 1 KB, as cheaply as can be, in a process of its own.
 * Ends when its input does.
 */
public final class Neighbour {

    private static final byte[] ANSWER =
            ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1024\r\n\r\n" + "\""
                            + "x".repeat(1022) + "\"")
                    .getBytes(StandardCharsets.US_ASCII);

    private Neighbour() {}

    public static void main(String[] args) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Threads.named("accept", () -> accept(server)).start();
            System.out.println("ready " + server.getLocalPort());
            while (System.in.read() >= 0) {
                // Until the end of the input.
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private static void accept(ServerSocket server) {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                Threads.named("serve", () -> serve(socket)).start();
            }
        } catch (IOException e) {
            // Closed: the end.
        }
    }

    /** Requests have no content here, so each ends with the first empty line. */
    private static void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[16 * 1024];
            int matched = 0;
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                for (int i = 0; i < length; i++) {
                    matched = buffer[i] == (matched % 2 == 0 ? '\r' : '\n') ? matched + 1 : buffer[i] == '\r' ? 1 : 0;
                    if (matched == 4) {
                        matched = 0;
                        socket.getOutputStream().write(ANSWER);
                    }
                }
            }
        } catch (IOException e) {
            // The caller is gone.
        }
    }
}
