package dev.sidecar.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.server.edge.apply.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Virtual machines that end without a word in the middle of an apply. */
final class Victims {

    private static final int KILLED = 137;

    private Victims() {}

    /** For the victim: told of each step, and at this one it is over. */
    static Consumer<Step> endingAt(String last) {
        Step end = Step.valueOf(last);
        return step -> {
            if (step == end) {
                Runtime.getRuntime().halt(KILLED);
            }
        };
    }

    /** Runs the main class until it is over. */
    static void run(Path directory, Class<?> main, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        line.addAll(List.of(arguments));
        Path log = directory.resolve("victim.log");
        Process victim = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(victim.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(victim.exitValue()).as(Files.readString(log)).isEqualTo(KILLED);
    }
}
