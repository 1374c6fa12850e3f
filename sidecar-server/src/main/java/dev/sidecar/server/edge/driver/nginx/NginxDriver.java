package dev.sidecar.server.edge.driver.nginx;

import dev.sidecar.server.edge.driver.Arguments;
import dev.sidecar.server.edge.driver.CommandDriver;
import dev.sidecar.server.edge.driver.Driver;
import dev.sidecar.server.edge.driver.Pause;
import dev.sidecar.server.edge.driver.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * NGINX: a file is judged as a part of a copy of the main configuration, a reload is a signal to the master, and it is
 * done when workers that were not there before serve and none of the old ones does.
 */
public final class NginxDriver implements Driver {

    private final Settings settings;
    private final Program program;
    private final List<String> check;
    private final Map<Long, Long> leaving = new HashMap<>();
    private @Nullable Installation installation;

    /**
     * What the driver needs to know.
     *
     * @param destination as configured
     * @param check by default {@code nginx -t}
     * @param reload by default HUP to the master
     * @param start that runs it, if the sidecar does
     * @param pidFile by default what the main configuration says
     * @param status where the generation is shown; null for nowhere
     * @param drain after which an old worker is ended
     * @param timeout for a reload to be seen
     */
    public record Settings(
            Path destination,
            List<String> check,
            List<String> reload,
            List<String> start,
            @Nullable Path pidFile,
            @Nullable String status,
            Duration drain,
            Duration timeout) {}

    public NginxDriver(Settings settings, Program program) {
        this.settings = settings;
        this.program = program;
        this.check = settings.check().isEmpty() ? List.of("nginx", "-t") : settings.check();
    }

    @Override
    public Verdict check(Path staged, Path target) {
        if (Arguments.name(check, settings.destination().toAbsolutePath())) {
            return CommandDriver.verdict(
                    program.run(Arguments.with(check, settings.destination().toAbsolutePath(), staged)));
        }
        if (!isNginx(check)) {
            return new Verdict.OnlyInPlace();
        }
        Path main = installation().mainConfig();
        for (Path included :
                List.of(target, settings.destination().toAbsolutePath().normalize())) {
            try {
                Optional<ShadowConfig> shadow = ShadowConfig.write(main, included, staged);
                if (shadow.isPresent()) {
                    try (ShadowConfig whole = shadow.get()) {
                        return CommandDriver.verdict(program.run(pointedAt(whole.main())));
                    }
                }
            } catch (IOException e) {
                return new Verdict.OnlyInPlace();
            }
        }
        return new Verdict.OnlyInPlace();
    }

    @Override
    public Verdict checkInPlace(Path target) {
        if (!isNginx(check)) {
            return CommandDriver.verdict(program.run(check));
        }
        List<String> words = pointedAt(installation().mainConfig());
        Verdict verdict = CommandDriver.verdict(program.run(words));
        if (verdict instanceof Verdict.Failed) {
            return verdict;
        }
        words.add("-T");
        program.run(words);
        return new Dump(program.output()).has(target, settings.destination().toAbsolutePath())
                ? verdict
                : new Verdict.Failed(installation().mainConfig() + " does not include " + settings.destination()
                        + ", so no worker would serve it; add an include, or name the right main configuration in"
                        + " 'check' (-c, -p)");
    }

    private static boolean isNginx(List<String> command) {
        return !command.isEmpty()
                && String.valueOf(Path.of(command.get(0)).getFileName()).matches("nginx|openresty|angie|freenginx");
    }

    private List<String> pointedAt(Path main) {
        List<String> words = new ArrayList<>(check);
        Path prefix = installation().prefix();
        if (prefix != null && Installation.option(check, 'p').isEmpty()) {
            words.addAll(List.of("-p", prefix.toString()));
        }
        // The last of several is the one that counts.
        words.addAll(List.of("-c", main.toString()));
        return words;
    }

    private Installation installation() {
        Installation known = installation;
        if (known == null) {
            List<List<String>> commands = Stream.of(check, settings.start(), settings.reload(), runningCommand())
                    .filter(NginxDriver::isNginx)
                    .toList();
            known = Installation.find(
                    commands.isEmpty() ? List.of(List.of("nginx")) : commands, settings.pidFile(), program);
            installation = Files.isReadable(known.mainConfig()) ? known : null;
        }
        return known;
    }

    /** NGINX writes into the title of its master how it was started. */
    private List<String> runningCommand() {
        return settings.pidFile() == null
                ? List.of()
                : Workers.master(settings.pidFile()).map(Workers::command).orElse(List.of());
    }

    @Override
    public List<Path> stagingDirectories() {
        return Stream.ofNullable(installation().mainConfig().getParent()).toList();
    }

    @Override
    public boolean reloads(String before, String after) {
        return true;
    }

    @Override
    public Loaded load(Change change) {
        Optional<Long> master = Workers.master(installation().pidFile());
        if (master.isPresent()) {
            return reload(master.get(), change.generation());
        }
        if (settings.reload().isEmpty() || isNginx(settings.reload())) {
            return new Loaded.NotRunning(
                    "no NGINX runs whose process id is in " + installation().pidFile());
        }
        return tellForeign(change.generation());
    }

    private Loaded reload(long master, String generation) {
        Workers before = Workers.of(master);
        Set<Long> old = new HashSet<>(before.serving());
        old.addAll(before.leaving());
        ErrorLog log = new ErrorLog(installation().errorLog());
        List<String> words =
                settings.reload().isEmpty() ? List.of("kill", "-HUP", String.valueOf(master)) : settings.reload();
        Program.Result told = program.run(words);
        if (!told.success()) {
            return new Loaded.Refused("the reload command failed", told.output());
        }
        boolean serves = Pause.until(settings.timeout(), () -> !log.refusals().isEmpty() || replaced(master, old));
        if (serves && log.refusals().isEmpty()) {
            long deadline = System.nanoTime() + settings.drain().toNanos();
            Workers.of(master).leaving().forEach(worker -> leaving.putIfAbsent(worker, deadline));
            return shown(generation);
        }
        return new Loaded.Refused(
                serves
                        ? "NGINX refused to reload"
                        : "no new workers within " + settings.timeout().toMillis() + " ms",
                log.refusals());
    }

    private static boolean replaced(long master, Set<Long> old) {
        Workers now = Workers.of(master);
        return !now.serving().isEmpty() && now.serving().stream().noneMatch(old::contains);
    }

    private Loaded shown(String generation) {
        if (settings.status() == null) {
            return new Loaded.Confirmed("reload");
        }
        StatusPage page = new StatusPage(settings.status());
        return Pause.until(settings.timeout(), () -> page.serves(generation))
                ? new Loaded.Confirmed("reload")
                : new Loaded.Refused("the new workers do not serve generation " + generation, "");
    }

    private Loaded tellForeign(String generation) {
        Program.Result told = program.run(settings.reload());
        if (!told.success()) {
            return new Loaded.Refused("the reload command failed", told.output());
        }
        return settings.status() == null
                ? new Loaded.Unconfirmed("this NGINX's processes cannot be seen from here and 'status' is not given")
                : shown(generation);
    }

    /** Old workers that a slow client holds are ended when their time is over. */
    @Override
    public boolean running() {
        Optional<Long> master = Workers.master(installation().pidFile());
        if (!leaving.isEmpty()) {
            Set<Long> still = master.map(Workers::of).map(Workers::leaving).orElse(Set.of());
            leaving.keySet().retainAll(still);
            leaving.forEach((worker, deadline) -> {
                if (deadline - System.nanoTime() < 0) {
                    ProcessHandle.of(worker).ifPresent(ProcessHandle::destroy);
                }
            });
        }
        boolean foreign = !settings.reload().isEmpty() && !isNginx(settings.reload());
        return master.isPresent() || foreign;
    }
}
