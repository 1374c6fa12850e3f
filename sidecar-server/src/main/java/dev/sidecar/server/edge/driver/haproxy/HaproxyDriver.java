package dev.sidecar.server.edge.driver.haproxy;

import dev.sidecar.server.edge.driver.Arguments;
import dev.sidecar.server.edge.driver.CommandDriver;
import dev.sidecar.server.edge.driver.Driver;
import dev.sidecar.server.edge.driver.Pause;
import dev.sidecar.server.edge.driver.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * HAProxy: servers are changed through the runtime socket of the worker that runs; only when something else of the
 * configuration changes it is reloaded, and then the new worker must have another process id and the right servers.
 */
public final class HaproxyDriver implements Driver {

    private static final Pattern PID = Pattern.compile("(?m)^Pid: (\\d+)");
    private static final Pattern FAILED = Pattern.compile("\\[failed: (\\d{1,9})");

    private final Settings settings;
    private final Program program;
    private final List<String> check;
    private final CliSocket runtime;
    private final Set<String> leaving = new HashSet<>();

    /**
     * What the driver needs to know.
     *
     * @param check by default {@code haproxy -c -f} with the staged file
     * @param reload by default through the master socket, else USR2 to the master
     * @param masterSocket null when there is none
     * @param runtimeSocket of the workers
     * @param pidFile of the master; null when there is none
     * @param owned whether the sidecar runs it
     */
    public record Settings(
            Path destination,
            List<String> check,
            List<String> reload,
            @Nullable Path masterSocket,
            Path runtimeSocket,
            @Nullable Path pidFile,
            boolean owned,
            Duration timeout) {}

    public HaproxyDriver(Settings settings, Program program) {
        this.settings = settings;
        this.program = program;
        this.check = settings.check().isEmpty() ? List.of("haproxy", "-c", "-f", "{file}") : settings.check();
        this.runtime = new CliSocket(settings.runtimeSocket(), settings.timeout());
    }

    @Override
    public Verdict check(Path staged, Path target) {
        Path destination = settings.destination().toAbsolutePath();
        if (!Arguments.name(check, destination)) {
            return new Verdict.OnlyInPlace();
        }
        Verdict verdict = CommandDriver.verdict(program.run(Arguments.with(check, destination, staged)));
        return verdict instanceof Verdict.Passed ? ports(staged, target) : verdict;
    }

    /** Where HAProxy does not run it is for HAProxy to say so, once it starts. */
    private Verdict ports(Path staged, Path target) {
        try {
            if (!Files.exists(target) || worker().isEmpty()) {
                return new Verdict.Passed();
            }
            String taken = NewPorts.taken(Files.readString(target), Files.readString(staged));
            return taken.isEmpty() ? new Verdict.Passed() : new Verdict.Failed(taken);
        } catch (IOException e) {
            return new Verdict.Passed();
        }
    }

    @Override
    public Verdict checkInPlace(Path target) {
        return CommandDriver.verdict(program.run(check));
    }

    @Override
    public List<Path> stagingDirectories() {
        return List.of();
    }

    @Override
    public boolean reloads(String before, String after) {
        return !RuntimeChange.possible(before, after);
    }

    @Override
    public Loaded load(Change change) {
        Optional<String> worker = worker();
        if (worker.isEmpty() && !reachable()) {
            return new Loaded.NotRunning("no HAProxy answers on " + settings.runtimeSocket());
        }
        Map<String, ServerLine> wanted = ServerLine.parse(change.after());
        if (worker.isPresent() && !change.whole() && RuntimeChange.possible(change.before(), change.after())) {
            try {
                List<String> complaints =
                        new RuntimeChange(runtime, ServerLine.parse(change.before()), wanted, leaving).apply();
                if (complaints.isEmpty()) {
                    return new Loaded.Confirmed("runtime");
                }
            } catch (IOException e) {
                // The worker may have gone in between; a reload puts everything right.
                return reload(worker.get(), wanted);
            }
        }
        return reload(worker.orElse(""), wanted);
    }

    private Loaded reload(String oldWorker, Map<String, ServerLine> wanted) {
        int failures = failures();
        Loaded refused = tell();
        if (refused != null) {
            return refused;
        }
        leaving.clear();
        boolean ended = Pause.until(settings.timeout(), () -> replaced(oldWorker) || failures() > failures);
        if (!replaced(oldWorker)) {
            return new Loaded.Refused(
                    ended
                            ? "HAProxy refused to reload"
                            : "no new worker within " + settings.timeout().toMillis() + " ms",
                    processes());
        }
        return Pause.until(settings.timeout(), () -> serves(wanted))
                ? new Loaded.Confirmed("reload")
                : new Loaded.Refused("the new worker does not have the servers of the file", processes());
    }

    private boolean replaced(String oldWorker) {
        return worker().filter(pid -> !pid.equals(oldWorker)).isPresent();
    }

    /** Reloads that failed since the last that did not, as the master counts them. */
    private int failures() {
        Matcher count = FAILED.matcher(processes());
        return count.find() ? Integer.parseInt(count.group(1)) : 0;
    }

    /** Null when it was told. */
    private @Nullable Loaded tell() {
        if (!settings.reload().isEmpty()) {
            return refusal(program.run(settings.reload()));
        }
        if (settings.masterSocket() != null) {
            try {
                String said = new CliSocket(settings.masterSocket(), settings.timeout()).ask("reload");
                return said.contains("Success=0") ? new Loaded.Refused("HAProxy refused to reload", said) : null;
            } catch (IOException e) {
                return new Loaded.Refused("the master socket does not answer", String.valueOf(e.getMessage()));
            }
        }
        Optional<Long> master = master();
        if (master.isPresent()) {
            return refusal(program.run(List.of("kill", "-USR2", String.valueOf(master.get()))));
        }
        if (settings.pidFile() != null) {
            return new Loaded.Refused(settings.pidFile() + " has no process id", "");
        }
        return new Loaded.Refused("nothing says how to reload it: give master-socket, pid-file or reload", "");
    }

    private static @Nullable Loaded refusal(Program.Result told) {
        return told.success() ? null : new Loaded.Refused("the reload command failed", told.output());
    }

    private boolean serves(Map<String, ServerLine> wanted) {
        try {
            Map<String, ServerState> now = ServerState.parse(runtime.ask("show servers state"));
            return wanted.values().stream()
                    .allMatch(server ->
                            now.containsKey(server.id()) && now.get(server.id()).serves(server));
        } catch (IOException e) {
            return false;
        }
    }

    private Optional<String> worker() {
        try {
            Matcher pid = PID.matcher(runtime.ask("show info"));
            return pid.find() ? Optional.of(pid.group(1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean masterAnswers() {
        return settings.masterSocket() != null && new CliSocket(settings.masterSocket(), settings.timeout()).answers();
    }

    /** Whether it can be told to reload though no runtime socket answers, as before its first configuration of ours. */
    private boolean reachable() {
        boolean foreign = !settings.owned() && !settings.reload().isEmpty();
        return foreign || masterAnswers() || master().flatMap(ProcessHandle::of).isPresent();
    }

    private Optional<Long> master() {
        try {
            return settings.pidFile() == null
                    ? Optional.empty()
                    : Files.readString(settings.pidFile())
                            .lines()
                            .map(String::strip)
                            .filter(line -> line.matches("\\d{1,9}"))
                            .map(Long::valueOf)
                            .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private String processes() {
        try {
            return settings.masterSocket() == null
                    ? ""
                    : new CliSocket(settings.masterSocket(), settings.timeout()).ask("show proc");
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    public boolean running() {
        boolean there = worker().isPresent() || reachable();
        if (there && !leaving.isEmpty()) {
            try {
                RuntimeChange.deleteLeaving(runtime, leaving);
            } catch (IOException e) {
                return false;
            }
        }
        return there;
    }
}
