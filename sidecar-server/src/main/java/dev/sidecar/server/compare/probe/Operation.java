package dev.sidecar.server.compare.probe;

/** One call of a feature, as an application makes it. */
@FunctionalInterface
interface Operation {
    void run() throws Exception;
}
