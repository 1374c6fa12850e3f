package dev.sidecar.server.proxy;

/** What a client is answered whose request got no answer from an upstream. */
final class UpstreamFailure {

    private UpstreamFailure() {}

    /** By one of {@link Reasons}: 504 where the upstream was too slow, else 502. */
    static Answer answer(String reason) {
        return switch (reason) {
            case Reasons.CONNECT_FAILED -> Answer.of(502, reason, "the upstream does not accept connections");
            case Reasons.CONNECT_TIMEOUT -> Answer.of(504, reason, "no connection to the upstream in time");
            case Reasons.TIMEOUT -> Answer.of(504, reason, "the upstream gave no answer in time");
            case Reasons.TLS_FAILED -> Answer.of(502, reason, "TLS with the upstream failed");
            case Reasons.UPSTREAM_MALFORMED ->
                Answer.of(502, reason, "the upstream's answer is malformed or ambiguous");
            default -> Answer.of(502, reason, "the upstream ended the connection before it answered");
        };
    }
}
