package dev.sidecar.server.compare;

import dev.sidecar.runtime.Threads;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Users of an application: requests at a steady rate whatever comes back, each on a connection of its own. */
final class Load implements AutoCloseable {

    static final int PER_SECOND = 40;
    static final int TIMEOUT_MILLIS = 1000;
    private static final int MOST_AT_ONCE = 160;

    private final int port;
    private final long begin = System.nanoTime();
    private final Timeline own = new Timeline();
    private final Timeline feature = new Timeline();
    private final ScheduledThreadPoolExecutor clock = Threads.timer("compare-load");
    private final ExecutorService users = Threads.onDemand("compare-user", MOST_AT_ONCE, Duration.ofSeconds(2));

    private Load(int port) {
        this.port = port;
    }

    static Load start(int port) {
        Load load = new Load(port);
        long gap = TimeUnit.SECONDS.toMicros(1) / PER_SECOND;
        load.clock.scheduleAtFixedRate(() -> load.request("/own", load.own), 0, gap, TimeUnit.MICROSECONDS);
        load.clock.scheduleAtFixedRate(
                () -> load.request("/feature", load.feature), gap / 2, gap, TimeUnit.MICROSECONDS);
        return load;
    }

    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    Timeline own() {
        return own;
    }

    Timeline feature() {
        return feature;
    }

    private void request(String path, Timeline timeline) {
        long due = System.nanoTime();
        long dueMillis = TimeUnit.NANOSECONDS.toMillis(due - begin);
        try {
            users.execute(() -> {
                boolean ok = exchange(path);
                timeline.add(dueMillis, (System.nanoTime() - due) / 1000, ok);
            });
        } catch (RejectedExecutionException e) {
            timeline.add(dueMillis, 0, false);
        }
    }

    private boolean exchange(String path) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            byte[] start = in.readNBytes(12);
            return new String(start, StandardCharsets.US_ASCII).endsWith(" 200");
        } catch (IOException e) {
            return false;
        }
    }

    /** Nothing more is sent; what is under way has its time-out to end. */
    @Override
    public void close() {
        clock.shutdownNow();
        users.shutdown();
        try {
            if (!users.awaitTermination(3L * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
                users.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
