package dev.sidecar.server.compare.probe;

import dev.sidecar.Sidecar;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.runtime.Threads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * An application with requests of its own ({@code /own}) and requests that use a feature ({@code /feature}: a lookup
 * and a log record), served by a fixed number of threads as most servers do. It ends when its parent does.
 */
public final class Shop {

    /** The word by which its log records are found again. */
    public static final String RECORD = "compare-order";

    /** Threads that serve requests; when all of them wait for something, everybody waits. */
    public static final int WORKERS = 16;

    private final @Nullable Sidecar sidecar;
    private final byte[] goods = new byte[20_000];

    private Shop(@Nullable Sidecar sidecar) {
        this.sidecar = sidecar;
    }

    /** Arguments: none; {@code sidecar.compare.*} says where it is. */
    public static void main(String[] args) throws Exception {
        Setting setting = Setting.fromProperties();
        Faults.start();
        Shop shop = new Shop(Deliveries.open(setting));
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.getInteger("sidecar.compare.port")));
        for (int i = 0; i < WORKERS; i++) {
            Threads.named("worker-" + i, () -> shop.serve(server)).start();
        }
        Files.writeString(
                Path.of(System.getProperty("sidecar.compare.pid-file")),
                Long.toString(ProcessHandle.current().pid()));
        long parent = Long.getLong("sidecar.compare.parent", 0);
        while (parent == 0 || ProcessHandle.of(parent).isPresent()) {
            Thread.sleep(500);
        }
        Runtime.getRuntime().halt(0);
    }

    private void serve(ServerSocket server) {
        while (true) {
            try (Socket socket = server.accept()) {
                answer(socket);
            } catch (IOException e) {
                // The caller has gone.
            }
        }
    }

    private void answer(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String request = in.readLine();
        if (request == null) {
            return;
        }
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            // The head.
        }
        String status = "200 OK";
        try {
            work();
            if (request.startsWith("GET /feature")) {
                useFeature();
            }
        } catch (RuntimeException e) {
            status = "500 Failed";
        }
        socket.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /** What an application does by itself: some tens of microseconds. */
    private void work() {
        try {
            MessageDigest.getInstance("SHA-256").digest(goods);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void useFeature() {
        Faults.pass();
        if (sidecar != null) {
            sidecar.discovery().instances(Deliveries.NEIGHBOUR);
            sidecar.logs().log(LogRecord.builder().body(RECORD).build());
        }
    }
}
