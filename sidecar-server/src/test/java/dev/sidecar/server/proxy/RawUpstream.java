package dev.sidecar.server.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An upstream that does with each connection what a test says, one thread each. */
final class RawUpstream implements AutoCloseable {

    interface Script {
        void serve(RawPeer peer) throws Exception;
    }

    private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    final AtomicInteger connections = new AtomicInteger();
    final List<String> heads = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    RawUpstream(Script script) throws IOException {
        Thread accepting = new Thread(() -> accept(script));
        accepting.setDaemon(true);
        accepting.start();
    }

    /** Answers every request with its own head, as text. */
    static RawUpstream echoing() throws IOException {
        return new RawUpstream(peer -> {
            while (true) {
                String head = peer.head();
                if (head.isEmpty()) {
                    return;
                }
                peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + head.length() + "\r\n\r\n" + head);
            }
        });
    }

    /** Answers every request with these bytes. */
    static RawUpstream answering(String response) throws IOException {
        return new RawUpstream(peer -> {
            while (!peer.head().isEmpty()) {
                peer.send(response);
            }
        });
    }

    Target target() {
        return Target.plain("127.0.0.1", server.getLocalPort());
    }

    private void accept(Script script) {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread serving = new Thread(() -> serve(script, socket));
                serving.setDaemon(true);
                serving.start();
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Script script, Socket socket) {
        try (socket) {
            script.serve(new RawPeer(socket, heads));
        } catch (Exception gone) {
            // The proxy left, as some tests want it to.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
