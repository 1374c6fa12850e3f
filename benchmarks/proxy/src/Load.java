import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests at a steady rate over kept-alive connections: usage Load <url> <connections> <per second> <seconds>. A
 * request that is due while its connection is busy counts from when it was due. A lead of three seconds is not
 * measured: this virtual machine's own start takes a core from what it measures. Prints one JSON object.
 */
final class Load {

    private static final int PORT_TIMEOUT = 10_000;
    private static final int LEAD_SECONDS = 3;

    private final URI url;
    private final long interval;
    private final long slots;
    private final long lead;
    private final long startAt;
    private final AtomicLong next = new AtomicLong();
    private final long[] latencies;
    private final AtomicLong measured = new AtomicLong();
    private final Map<String, Integer> answers = new TreeMap<>();

    private Load(URI url, long rate, int seconds) {
        this.url = url;
        this.interval = 1_000_000_000L / rate;
        this.lead = rate * LEAD_SECONDS;
        this.slots = lead + rate * seconds;
        this.latencies = new long[(int) (slots - lead)];
        this.startAt = System.nanoTime() + 100_000_000L;
    }

    public static void main(String[] args) throws Exception {
        int connections = Integer.parseInt(args[1]);
        Load load = new Load(URI.create(args[0]), Long.parseLong(args[2]), Integer.parseInt(args[3]));
        Thread[] threads = new Thread[connections];
        for (int i = 0; i < connections; i++) {
            threads[i] = new Thread(null, load::run, "load-" + i, 128 * 1024);
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        load.print();
    }

    private void run() {
        Map<String, Integer> own = new TreeMap<>();
        Connection connection = null;
        for (long slot = next.getAndIncrement(); slot < slots; slot = next.getAndIncrement()) {
            long due = startAt + slot * interval;
            long now = System.nanoTime();
            boolean late = now > due;
            while (now < due) {
                LockSupport.parkNanos(due - now);
                now = System.nanoTime();
            }
            long from = late ? due : now;
            String answer;
            try {
                connection = connection == null ? new Connection(url) : connection;
                answer = String.valueOf(connection.request());
                connection = connection.ended ? connection.close() : connection;
            } catch (IOException e) {
                answer = e.getClass().getSimpleName() + ": " + e.getMessage();
                connection = connection == null ? null : connection.close();
            }
            if (slot >= lead) {
                latencies[(int) measured.getAndIncrement()] = System.nanoTime() - from;
                own.merge(answer, 1, Integer::sum);
            }
        }
        synchronized (answers) {
            own.forEach((answer, count) -> answers.merge(answer, count, Integer::sum));
        }
    }

    private void print() {
        int count = (int) measured.get();
        Arrays.sort(latencies, 0, count);
        StringBuilder out = new StringBuilder("{\"requests\":").append(count).append(",\"answers\":{");
        String comma = "";
        for (Map.Entry<String, Integer> answer : answers.entrySet()) {
            out.append(comma).append('"').append(answer.getKey().replaceAll("[\"\\\\]", "'")).append("\":");
            out.append(answer.getValue());
            comma = ",";
        }
        out.append("},\"p50Ms\":").append(millis(count, 0.50));
        out.append(",\"p99Ms\":").append(millis(count, 0.99));
        out.append(",\"maxMs\":").append(millis(count, 1)).append('}');
        System.out.println(out);
    }

    private double millis(int count, double share) {
        return count == 0 ? 0 : latencies[Math.min(count - 1, (int) (count * share))] / 1e6;
    }

    /** Reads answers with a Content-Length, as all of these have. */
    private static final class Connection {

        private final Socket socket;
        private final InputStream in;
        private final byte[] request;
        private final byte[] content = new byte[16 * 1024];
        private final StringBuilder line = new StringBuilder();
        private boolean ended;

        Connection(URI url) throws IOException {
            socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PORT_TIMEOUT);
            socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), PORT_TIMEOUT);
            in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
            request = ("GET " + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
        }

        int request() throws IOException {
            socket.getOutputStream().write(request);
            String status = line();
            long length = 0;
            for (String field = line(); !field.isEmpty(); field = line()) {
                String lower = field.toLowerCase(java.util.Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Long.parseLong(field.substring(15).trim());
                }
                ended |= lower.equals("connection: close");
            }
            while (length > 0) {
                int read = in.read(content, 0, (int) Math.min(content.length, length));
                if (read < 0) {
                    throw new IOException("cut off");
                }
                length -= read;
            }
            return Integer.parseInt(status.substring(9, 12));
        }

        private String line() throws IOException {
            line.setLength(0);
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("closed without an answer");
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        Connection close() {
            try {
                socket.close();
            } catch (IOException gone) {
                // It is not used again.
            }
            return null;
        }
    }
}
