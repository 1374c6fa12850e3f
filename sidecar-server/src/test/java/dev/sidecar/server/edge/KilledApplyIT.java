package dev.sidecar.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.server.edge.apply.Apply;
import dev.sidecar.server.edge.apply.Candidate;
import dev.sidecar.server.edge.apply.LastGood;
import dev.sidecar.server.edge.apply.Outcome;
import dev.sidecar.server.edge.apply.Step;
import dev.sidecar.server.edge.driver.CommandDriver;
import dev.sidecar.server.edge.driver.Driver;
import dev.sidecar.server.edge.driver.Program;
import dev.sidecar.server.edge.file.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that ends without a word after each step of an apply; the next one finishes or undoes it. */
class KilledApplyIT {

    @TempDir
    private Path directory;

    /** The process that is killed: directory and step. */
    public static final class Victim {

        private Victim() {}

        public static void main(String[] arguments) {
            apply(Path.of(arguments[0]), Victims.endingAt(arguments[1])).run(Candidate.of("new\n", Map.of()), false);
        }
    }

    private static Apply apply(Path directory, java.util.function.Consumer<Step> steps) {
        Driver driver = new CommandDriver(
                directory.resolve("web.conf"),
                List.of("grep", "-q", "", "{file}"),
                List.of("true"),
                new Program(directory.resolve("state/output"), Duration.ofSeconds(5)));
        return new Apply(new Target(directory.resolve("web.conf")), driver, good(directory), steps);
    }

    private static LastGood good(Path directory) {
        return new LastGood(directory.resolve("state"));
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void theNextStartFinishesOrUndoesIt(Step step) throws Exception {
        Files.createDirectories(directory.resolve("state"));
        assertThat(apply(directory, s -> {}).run(Candidate.of("old\n", Map.of()), false))
                .isInstanceOf(Outcome.Confirmed.class);

        Victims.run(directory, Victim.class, directory.toString(), step.name());

        boolean uncertain = apply(directory, s -> {}).recover();

        boolean finished = step.compareTo(Step.KEPT) >= 0;
        assertThat(Files.readString(directory.resolve("web.conf"))).isEqualTo(finished ? "new\n" : "old\n");
        assertThat(good(directory).content()).isEqualTo(finished ? "new\n" : "old\n");
        assertThat(uncertain)
                .as("the proxy may have read something else")
                .isEqualTo(step.compareTo(Step.INSTALLING) >= 0 && step != Step.ENDED);
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith(".staging-") || name.equals("journal.json"));
        }
        assertThat(apply(directory, s -> {}).run(Candidate.of("newer\n", Map.of()), uncertain))
                .isInstanceOf(Outcome.Confirmed.class);
    }
}
