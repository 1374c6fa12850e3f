package dev.sidecar.server.proxy;

/** What a {@link Route} says to the question where to send. */
public sealed interface Pick {

    /** Send it there. */
    record Instance(Target target) implements Pick {}

    /** There is nowhere to send it; the client gets this answer. */
    record Refusal(Answer answer) implements Pick {}
}
