import dev.sidecar.Identity;
import dev.sidecar.LocalContext;
import dev.sidecar.Sidecar;
import dev.sidecar.Subscription;
import dev.sidecar.client.Endpoint;
import dev.sidecar.client.RemoteOptions;
import dev.sidecar.client.RemoteSidecar;
import dev.sidecar.config.Config;
import dev.sidecar.config.ConfigChange;
import dev.sidecar.config.ConfigCondition;
import dev.sidecar.config.ConfigOptions;
import dev.sidecar.config.LocalConfig;
import dev.sidecar.runtime.SidecarHome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** From the moment a write is begun in one delivery to the moment a watcher on the other is called. */
public final class ConfigWatch {

    private static final int LIMIT_MS = 100;
    private static boolean missed;

    private ConfigWatch() {}

    /** Arguments: changes, URL of the API, token, home. */
    public static void main(String[] args) throws Exception {
        int changes = Integer.parseInt(args[0]);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        LocalContext context = new LocalContext(
                new Identity("benchmark", "library", "localhost"), new SidecarHome(Path.of(args[3])), meters);
        try (LocalConfig library = LocalConfig.start(context, ConfigOptions.defaults());
                Sidecar sidecar = RemoteSidecar.connect(new RemoteOptions(
                        Endpoint.parse(args[1]), args[2], Duration.ofSeconds(2), Duration.ofSeconds(10), meters))) {
            measure("library to sidecar", library, sidecar.config(), changes);
            measure("sidecar to library", sidecar.config(), library, changes);
        }
        System.exit(missed ? 1 : 0);
    }

    private static void measure(String name, Config writer, Config watcher, int changes) throws Exception {
        BlockingQueue<ConfigChange> seen = new LinkedBlockingQueue<>();
        long[] micros = new long[changes];
        try (Subscription watch = watcher.watch("benchmark", watcher.entries("benchmark").index(), seen::add)) {
            for (int i = -10; i < changes; i++) {
                long begin = System.nanoTime();
                long version = writer.put("benchmark.key", JsonMapper.shared().valueToTree(i), ConfigCondition.any())
                        .version();
                ConfigChange change = seen.poll(10, TimeUnit.SECONDS);
                if (change == null || change.version() != version) {
                    System.out.println(name + ": version " + version + " was not told  FAIL");
                    missed = true;
                    return;
                }
                if (i >= 0) {
                    micros[i] = (System.nanoTime() - begin) / 1000;
                }
            }
        }
        Arrays.sort(micros);
        double median = micros[changes / 2] / 1000.0;
        double p99 = micros[(int) (changes * 0.99)] / 1000.0;
        boolean pass = median <= LIMIT_MS;
        missed |= !pass;
        System.out.printf(
                "%-20s %5d changes  median %7.2f ms  p99 %7.2f ms  limit %d ms at the median  %s%n",
                name, changes, median, p99, LIMIT_MS, pass ? "PASS" : "FAIL");
    }
}
