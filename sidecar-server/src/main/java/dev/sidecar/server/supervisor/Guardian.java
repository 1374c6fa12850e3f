package dev.sidecar.server.supervisor;

import dev.sidecar.runtime.AppRoot;
import dev.sidecar.runtime.Commands;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shell beside us, in a session of its own, that signals the application for us while we live and kills all of it
 * when we die, however we die: it notices by the end of its standard input. Thread-safe.
 *
 * <p>When it is gone itself, signals fall back on {@link ProcessHandle}, which reaches the application's own process
 * only.
 */
final class Guardian implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Guardian.class);

    private final Process process;
    private final OutputStream commands;
    private final BufferedReader answers;
    private final AppRoot root;
    private long app;

    private Guardian(Process process, AppRoot root) {
        this.process = process;
        this.root = root;
        this.commands = process.getOutputStream();
        this.answers = process.inputReader(StandardCharsets.US_ASCII);
    }

    /**
     * Starts one.
     *
     * @param run what the environment of everything to be killed contains
     * @param litter files to be removed when we die
     * @param root told which process is the application
     */
    static Guardian start(String run, List<Path> litter, AppRoot root) throws IOException {
        List<String> command = new ArrayList<>();
        if (Commands.find("setsid").isPresent()) {
            command.add("setsid");
        }
        command.addAll(List.of("sh", "-c", script(), "sidecar-guardian", run));
        litter.forEach(file -> command.add(file.toAbsolutePath().toString()));
        ProcessBuilder builder = Commands.of(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        return new Guardian(Commands.start(builder), root);
    }

    private static String script() throws IOException {
        try (InputStream script = Guardian.class.getResourceAsStream("guardian.sh")) {
            if (script == null) {
                throw new IOException("guardian.sh is missing from the jar");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** From now on this process, the leader of its session and group, is the application. */
    synchronized void watch(long pid) {
        app = pid;
        root.is(pid);
        send("app " + pid);
    }

    /** The application's process has ended and was reaped: its number may soon be another's. */
    synchronized void forget() {
        app = 0;
        root.ended();
        send("app");
    }

    synchronized void signalApp(AppSignal signal) {
        if (app != 0 && !send("one " + signal)) {
            fallBack(signal);
        }
    }

    synchronized void signalGroup(AppSignal signal) {
        if (app != 0 && !send("group " + signal)) {
            fallBack(signal);
        }
    }

    /** A stopped process takes no signal but KILL until it continues. */
    synchronized void continueGroup() {
        if (app != 0) {
            send("group CONT");
        }
    }

    /** Sends the signal to every process that is the application's, however far it went; returns how many took it. */
    int signalFamily(AppSignal signal) {
        return ask(signal.name());
    }

    /** How many of them there are. */
    int familySize() {
        return ask("0");
    }

    private synchronized int ask(String signal) {
        if (!send("end " + signal)) {
            return 0;
        }
        try {
            String count = answers.readLine();
            return count == null ? 0 : Integer.parseInt(count);
        } catch (IOException e) {
            return 0;
        }
    }

    private boolean send(String command) {
        try {
            commands.write((command + "\n").getBytes(StandardCharsets.US_ASCII));
            commands.flush();
            return true;
        } catch (IOException e) {
            LOG.debug("the guardian is gone: {}", e.getMessage());
            return false;
        }
    }

    private void fallBack(AppSignal signal) {
        ProcessHandle.of(app).ifPresent(handle -> {
            if (signal == AppSignal.KILL) {
                handle.destroyForcibly();
            } else if (signal == AppSignal.TERM || signal == AppSignal.INT) {
                handle.destroy();
            }
        });
    }

    /** Nothing is left to guard. */
    @Override
    public synchronized void close() {
        send("bye");
        try {
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
