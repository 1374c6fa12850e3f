package dev.sidecar.config;

import dev.sidecar.SidecarException;
import dev.sidecar.runtime.Threads;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.node.StringNode;

/**
 * A process with several writers. Each line of its ledger is a write that was acknowledged: its key, version and the hash of its
 * value.
 */
final class StoreWriter {

    private StoreWriter() {}

    /** Arguments: home, first number, writers, writes of each, keys, longest value, ledger. */
    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        int first = Integer.parseInt(args[1]);
        int writes = Integer.parseInt(args[3]);
        int keys = Integer.parseInt(args[4]);
        int longest = Integer.parseInt(args[5]);
        LocalConfig config = Stores.open(home, "writer" + first);
        // Not buffered: a line that is lost with the process would make the ledger forget an acknowledgement.
        FileOutputStream ledger = new FileOutputStream(args[6]);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            int number = first + i;
            threads.add(Threads.named("writer", () -> write(config, ledger, number, writes, keys, longest)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        config.close();
    }

    private static void write(
            LocalConfig config, FileOutputStream ledger, int number, int writes, int keys, int longest) {
        Random random = new Random(number * 31L + ProcessHandle.current().pid());
        for (int i = 0; i < writes; i++) {
            String key = "k" + random.nextInt(keys);
            String value = "w" + number + "-" + i + "-" + "x".repeat(random.nextInt(longest));
            try {
                ConfigEntry written = config.put(key, StringNode.valueOf(value), ConfigCondition.any());
                String line = key + " " + written.version() + " " + value.hashCode() + "\n";
                ledger.write(line.getBytes(StandardCharsets.UTF_8));
            } catch (SidecarException e) {
                i--;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
