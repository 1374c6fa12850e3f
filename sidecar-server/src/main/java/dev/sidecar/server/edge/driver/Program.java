package dev.sidecar.server.edge.driver;

import dev.sidecar.runtime.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs that say something and end. What they say goes to a file, so that a child that lives on cannot hold
 * this process.
 *
 * @param output the file, overwritten each time
 * @param timeout after which the program is killed
 */
public record Program(Path output, Duration timeout) {

    private static final int MAX_OUTPUT = 8 << 10;

    /**
     * How a program ended.
     *
     * @param output the last of what it said
     */
    public record Result(boolean success, String output) {}

    public Result run(List<String> words) {
        try {
            ProcessBuilder builder = Commands.of(words)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile());
            Process process = Commands.start(builder);
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor(1, TimeUnit.SECONDS);
                return new Result(false, words.get(0) + " did not end within " + timeout.toMillis() + " ms\n" + said());
            }
            int code = process.exitValue();
            return code == 0
                    ? new Result(true, said())
                    : new Result(false, words.get(0) + " ended with " + code + "\n" + said());
        } catch (IOException e) {
            return new Result(false, words.get(0) + " could not be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(false, words.get(0) + ": interrupted");
        }
    }

    private String said() throws IOException {
        try (InputStream stream = Files.newInputStream(output)) {
            stream.skipNBytes(Math.max(0, Files.size(output) - MAX_OUTPUT));
            return new String(stream.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8).strip();
        }
    }
}
