package dev.sidecar.server.edge.driver;

import java.nio.file.Path;
import java.util.List;

/** Any program and any file: the reload command's exit code is all there is to go by. */
public final class CommandDriver implements Driver {

    private final Path destination;
    private final List<String> check;
    private final List<String> reload;
    private final Program program;

    /** @param check may be empty, and so may {@code reload} where the program watches the file by itself */
    public CommandDriver(Path destination, List<String> check, List<String> reload, Program program) {
        this.destination = destination.toAbsolutePath();
        this.check = List.copyOf(check);
        this.reload = List.copyOf(reload);
        this.program = program;
    }

    @Override
    public Verdict check(Path staged, Path target) {
        if (check.isEmpty()) {
            return new Verdict.Passed();
        }
        return Arguments.name(check, destination)
                ? verdict(program.run(Arguments.with(check, destination, staged)))
                : new Verdict.OnlyInPlace();
    }

    @Override
    public Verdict checkInPlace(Path target) {
        return verdict(program.run(Arguments.with(check, destination, target)));
    }

    /** A check's end as a verdict. */
    public static Verdict verdict(Program.Result result) {
        return result.success() ? new Verdict.Passed() : new Verdict.Failed(result.output());
    }

    @Override
    public List<Path> stagingDirectories() {
        return List.of();
    }

    @Override
    public boolean reloads(String before, String after) {
        return !reload.isEmpty();
    }

    @Override
    public Loaded load(Change change) {
        if (reload.isEmpty()) {
            return new Loaded.Confirmed("file");
        }
        Program.Result result = program.run(Arguments.with(reload, destination, change.target()));
        return result.success()
                ? new Loaded.Confirmed("command")
                : new Loaded.Refused("the reload command failed", result.output());
    }

    /** Nobody knows, and the reload command will tell. */
    @Override
    public boolean running() {
        return true;
    }
}
