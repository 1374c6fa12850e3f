package dev.sidecar.health;

/**
 * What one run found out.
 *
 * @param output for people; nothing secret
 */
record ProbeResult(boolean pass, String output) {

    static ProbeResult pass(String output) {
        return new ProbeResult(true, output);
    }

    static ProbeResult fail(String output) {
        return new ProbeResult(false, output);
    }
}
