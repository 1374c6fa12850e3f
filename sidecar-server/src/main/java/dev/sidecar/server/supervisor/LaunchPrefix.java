package dev.sidecar.server.supervisor;

import dev.sidecar.runtime.Commands;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What stands before the application's command. Each part replaces itself by the next, so the process stays one. */
final class LaunchPrefix {

    private static final Pattern SHELL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private LaunchPrefix() {}

    /**
     * The words to start the command with.
     *
     * @param environment of the application; what a shell would lose of it on the way is passed by name
     */
    static List<String> of(Map<String, String> environment) {
        List<String> words = new ArrayList<>();
        if (Commands.find("setsid").isPresent()) {
            words.add("setsid");
        }
        if (Commands.find("setpriv").filter(LaunchPrefix::knowsDeathSignal).isPresent()) {
            words.addAll(List.of("setpriv", "--pdeathsig", "KILL", "--"));
        }
        if (Runtime.version().feature() < 25) {
            words.addAll(unblockQuit(environment));
        }
        return words;
    }

    /** The one of busybox does not. */
    private static boolean knowsDeathSignal(Path setpriv) {
        try {
            return !setpriv.toRealPath().endsWith("busybox");
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Virtual machines before 25 block QUIT in what they start. A shell that waited for a child (dash and what comes
     * from it) has unblocked it; one that does not, leaves things as they are.
     */
    private static List<String> unblockQuit(Map<String, String> environment) {
        List<String> words = new ArrayList<>(List.of("sh", "-c", "sh -c :; exec \"$@\"", "sh"));
        List<String> unspeakable = environment.entrySet().stream()
                .filter(entry -> !SHELL_NAME.matcher(entry.getKey()).matches())
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
        if (!unspeakable.isEmpty()) {
            words.add("env");
            words.addAll(unspeakable);
        }
        return words;
    }
}
