package dev.sidecar.server.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down all that comes, and answers each request that the reference reader finds in it. */
final class TranscribingUpstream implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final List<StringBuffer> transcripts = new CopyOnWriteArrayList<>();

    TranscribingUpstream() throws IOException {
        new Thread(this::accept, "transcribing").start();
    }

    Target target() {
        return Target.plain("127.0.0.1", socket.getLocalPort());
    }

    /** One for each connection. */
    List<String> transcripts() {
        return transcripts.stream().map(StringBuffer::toString).toList();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                StringBuffer transcript = new StringBuffer();
                transcripts.add(transcript);
                new Thread(() -> serve(connection, transcript), "transcribed").start();
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void serve(Socket connection, StringBuffer transcript) {
        try (connection) {
            InputStream in = connection.getInputStream();
            byte[] buffer = new byte[8192];
            int answered = 0;
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                transcript.append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
                ReferenceReading reading = ReferenceReading.of(transcript.toString());
                for (; answered < reading.requests().size(); answered++) {
                    connection
                            .getOutputStream()
                            .write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                }
                if (reading.state() == ReferenceReading.State.MALFORMED) {
                    return;
                }
            }
        } catch (IOException gone) {
            // The proxy gave it up.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
