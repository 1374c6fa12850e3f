package dev.sidecar.server.edge.process;

import dev.sidecar.runtime.AtomicFiles;
import dev.sidecar.runtime.Commands;
import dev.sidecar.server.edge.driver.Pause;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxy where the sidecar is to keep it running. It is a session of its own and outlives a sidecar that is
 * killed, because it must go on serving; the next sidecar finds it by its pid file or socket. Used by one thread.
 */
public final class OwnProcess {

    private static final Logger LOG = LoggerFactory.getLogger(OwnProcess.class);
    private static final Duration STABLE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration FAREWELL = Duration.ofMillis(500);

    private final String name;
    private final List<String> command;
    private final String farewell;
    private final SpokenWords words;
    private final Path session;
    private @Nullable Process process;
    private long startedAt;
    private long notBefore;
    private int failures;

    /**
     * Nothing is started yet.
     *
     * @param command empty where the sidecar does not run the proxy
     * @param directory of the proxy's state
     * @param farewell the signal that makes workers without a master finish what they do and end
     */
    public OwnProcess(String name, List<String> command, Path directory, String farewell) {
        this.name = name;
        this.command = List.copyOf(command);
        this.farewell = farewell;
        this.words = new SpokenWords(directory.resolve("stderr"));
        this.session = directory.resolve("session");
    }

    public boolean wanted() {
        return !command.isEmpty();
    }

    /**
     * Starts it unless it runs or has just failed.
     *
     * @param ended is called, on any thread, when it has ended
     * @return whether it was started
     */
    public boolean ensure(Runnable ended) throws IOException {
        if (process != null && process.isAlive() || System.nanoTime() - notBefore < 0 && failures > 0) {
            return false;
        }
        clear();
        words.begin();
        List<String> all = new ArrayList<>();
        Commands.find("setsid").ifPresent(setsid -> all.add(setsid.toString()));
        all.addAll(command);
        Process started = Commands.start(Commands.of(all)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.appendTo(words.file().toFile())));
        process = started;
        startedAt = System.nanoTime();
        pause();
        AtomicFiles.replace(session, String.valueOf(started.pid()).getBytes(StandardCharsets.US_ASCII), false);
        started.onExit().thenRun(ended);
        LOG.info("edge {}: started {}, pid {}", name, command.get(0), started.pid());
        return true;
    }

    /** One that does not stay is not started again at once: after 1 s, 2 s, … 30 s. */
    private void pause() {
        failures++;
        Duration pause = Duration.ofSeconds(1L << Math.min(failures - 1, 10));
        notBefore = startedAt + (pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause).toNanos();
    }

    /** Hands on what it says, and forgets its failures once it stays. */
    public void look() {
        words.more().forEach(line -> LOG.info("edge {}: {}: {}", name, command.get(0), line));
        if (process != null && process.isAlive() && System.nanoTime() - startedAt > STABLE.toNanos()) {
            failures = 0;
        }
    }

    public boolean alive() {
        return process != null && process.isAlive();
    }

    /** How it ended and what it said last; empty while it runs or was never started. */
    public String end() {
        Process own = process;
        if (own == null || own.isAlive()) {
            return "";
        }
        String said = words.last();
        return command.get(0) + " ended with " + own.exitValue() + (said.isEmpty() ? "" : "\n" + said);
    }

    private void clear() {
        try {
            long began = Long.parseLong(Files.readString(session).strip());
            Leftovers leftovers = new Leftovers(began, program());
            List<Long> pids = leftovers.pids();
            for (long pid : pids) {
                LOG.warn("edge {}: {} {} lost its master and is told to end ({})", name, program(), pid, farewell);
                Commands.start(Commands.of(List.of("kill", "-" + farewell, String.valueOf(pid))))
                        .waitFor();
            }
            if (!pids.isEmpty()) {
                Pause.until(FAREWELL, () -> leftovers.pids().isEmpty());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | NumberFormatException e) {
            LOG.debug("edge {}: no earlier session: {}", name, e.getMessage());
        }
    }

    /** Asks it to end, and kills it when it does not; also one that a sidecar before this one started. */
    public void stop(Duration grace) {
        if (!wanted()) {
            return;
        }
        Optional<ProcessHandle> own = process == null ? adopted() : Optional.of(process.toHandle());
        own.ifPresent(handle -> {
            handle.destroy();
            if (!Pause.until(grace, () -> !handle.isAlive())) {
                handle.destroyForcibly();
            }
        });
    }

    private Optional<ProcessHandle> adopted() {
        try {
            long began = Long.parseLong(Files.readString(session).strip());
            return new Leftovers(began, program()).leader();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private String program() {
        return String.valueOf(Path.of(command.get(0)).getFileName());
    }
}
