package dev.sidecar.server;

import dev.sidecar.server.cli.SidecarCommand;

/** The entry point of the process: parses the command line and runs the verb. */
public final class SidecarMain {

    private SidecarMain() {}

    /** Ends the process with the verb's exit code. Everything that had to be closed is closed by then. */
    public static void main(String[] args) {
        int code = SidecarCommand.execute(args);
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }
}
