package dev.sidecar.resilience;

/** Which methods may be sent twice: RFC 9110, 9.2.2. */
final class Idempotence {

    private Idempotence() {}

    static boolean of(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE" -> true;
            default -> false;
        };
    }
}
