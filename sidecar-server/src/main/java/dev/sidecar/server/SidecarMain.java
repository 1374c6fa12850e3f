package dev.sidecar.server;

/** The entry point of the process: parses the command line and runs the verb. */
public final class SidecarMain {

    private SidecarMain() {}

    public static void main(String[] args) {
        throw new UnsupportedOperationException("not yet");
    }
}
