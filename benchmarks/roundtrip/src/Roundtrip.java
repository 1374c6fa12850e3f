import dev.sidecar.Identity;
import dev.sidecar.LocalContext;
import dev.sidecar.LocalSidecar;
import dev.sidecar.Sidecar;
import dev.sidecar.SidecarOptions;
import dev.sidecar.client.Endpoint;
import dev.sidecar.client.RemoteOptions;
import dev.sidecar.client.RemoteSidecar;
import dev.sidecar.discovery.Registration;
import dev.sidecar.health.HealthGroup;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.LoggingOptions;
import dev.sidecar.runtime.SidecarHome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Measures every call in turn, round by round, so that what disturbs the machine disturbs all of them. */
public final class Roundtrip {

    private static final int CALLS = 1000;
    private static final double CLIENT_LIMIT = 2.0;
    private static final double LOG_LIMIT = 2.5;
    private static final String NDJSON =
            "{\"severity\":\"INFO\",\"body\":\"order 4711 paid\",\"attributes\":{\"amount\":12}}\n";

    private interface Call {
        void run() throws Exception;
    }

    private static final Map<String, Call> CALLS_BY_NAME = new LinkedHashMap<>();
    private static final Map<String, Histogram> TIMES = new LinkedHashMap<>();
    private static boolean missed;

    private Roundtrip() {}

    /** Arguments: rounds, URL of the API, path of the socket, token, a directory for the library. */
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        URI api = URI.create(args[1]);
        String token = args[3];
        try (Sidecar unix = connect(new Endpoint.Unix(Path.of(args[2])), token);
                Sidecar tcp = connect(Endpoint.parse(args[1]), token);
                Sidecar library = library(Path.of(args[4]))) {
            raw("unix", UnixDomainSocketAddress.of(args[2]), token);
            raw("tcp", new InetSocketAddress(api.getHost(), api.getPort()), token);
            calls("unix", unix);
            calls("tcp", tcp);
            calls("library", library);
            measure(rounds);
        }
        print();
        System.exit(missed ? 1 : 0);
    }

    private static Sidecar connect(Endpoint endpoint, String token) {
        return RemoteSidecar.connect(new RemoteOptions(
                endpoint, token, Duration.ofSeconds(2), Duration.ofSeconds(10), new SimpleMeterRegistry()));
    }

    private static Sidecar library(Path directory) {
        LoggingOptions defaults = LoggingOptions.defaults();
        LoggingOptions logging = new LoggingOptions(
                new LoggingOptions.Console(false, LoggingOptions.ConsoleFormat.ECS),
                new LoggingOptions.RollingFile(directory.resolve("library.log"), 64 << 20, 5),
                defaults.redact(),
                defaults.queue(),
                defaults.rateLimit(),
                defaults.recent());
        return LocalSidecar.start(
                new LocalContext(
                        new Identity("roundtrip", "roundtrip-library", "localhost"),
                        new SidecarHome(directory),
                        new SimpleMeterRegistry()),
                SidecarOptions.defaults().withLogging(logging));
    }

    private static void raw(String way, SocketAddress address, String token) throws Exception {
        RawSocket live = new RawSocket(address);
        ByteBuffer question = RawSocket.request("GET", "/v1/health/live", token, "", "");
        add("raw live " + way, () -> live.exchange(question));
        RawSocket log = new RawSocket(address);
        ByteBuffer record = RawSocket.request("POST", "/v1/logs", token, "application/x-ndjson", NDJSON);
        add("raw log " + way, () -> log.exchange(record));
    }

    private static void calls(String way, Sidecar sidecar) {
        add("live " + way, () -> sidecar.health().report(HealthGroup.LIVE));
        add("log " + way, () -> sidecar.logs()
                .write(List.of(LogRecord.builder()
                        .body("order 4711 paid")
                        .attributes(Map.of("amount", 12))
                        .build())));
        sidecar.discovery()
                .register(new Registration(
                        "orders", "orders-" + way, "127.0.0.1", 3000, false, Map.of(), Duration.ofHours(1), true));
        add("lookup " + way, () -> sidecar.discovery().instances("orders"));
    }

    private static void add(String name, Call call) {
        CALLS_BY_NAME.put(name, call);
        TIMES.put(name, new Histogram(Duration.ofSeconds(10).toNanos(), 3));
    }

    /** As many rounds again come first: they are for the compilers and do not count. */
    private static void measure(int rounds) throws Exception {
        for (int round = -rounds; round < rounds; round++) {
            for (Map.Entry<String, Call> entry : CALLS_BY_NAME.entrySet()) {
                Histogram times = TIMES.get(entry.getKey());
                for (int i = 0; i < CALLS; i++) {
                    long begin = System.nanoTime();
                    entry.getValue().run();
                    long took = System.nanoTime() - begin;
                    if (round >= 0) {
                        times.recordValue(took);
                    }
                }
            }
        }
    }

    private static void print() {
        System.out.printf("%-44s %14s %14s %14s%n", "median (p99), µs", "library", "unix", "tcp");
        row("(a) raw socket, GET /v1/health/live", "raw live ");
        row("(b) client, the same call", "live ");
        row("(c) raw socket, POST /v1/logs, one record", "raw log ");
        row("    client, the same record", "log ");
        row("(d) client, lookup of a service", "lookup ");
        System.out.println();
        for (String way : List.of("unix", "tcp")) {
            limit("(b) / (a) " + way, "live " + way, "raw live " + way, CLIENT_LIMIT);
            limit("(c) / (a) " + way, "raw log " + way, "raw live " + way, LOG_LIMIT);
            limit("client's record / (a) " + way, "log " + way, "raw live " + way, LOG_LIMIT);
        }
    }

    private static void row(String title, String prefix) {
        StringBuilder line = new StringBuilder(String.format("%-44s", title));
        for (String way : List.of("library", "unix", "tcp")) {
            Histogram times = TIMES.get(prefix + way);
            line.append(times == null
                    ? String.format(" %14s", "-")
                    : String.format(" %14s", micros(times, 50) + " (" + micros(times, 99) + ")"));
        }
        System.out.println(line);
    }

    private static String micros(Histogram times, double percentile) {
        return String.format("%.1f", times.getValueAtPercentile(percentile) / 1000.0);
    }

    private static void limit(String title, String name, String base, double limit) {
        double ratio = (double) TIMES.get(name).getValueAtPercentile(50)
                / TIMES.get(base).getValueAtPercentile(50);
        boolean pass = ratio <= limit;
        missed |= !pass;
        System.out.printf("%-4s %-28s %.2f (at most %.1f)%n", pass ? "PASS" : "FAIL", title, ratio, limit);
    }
}
