package dev.sidecar.server.logging.capture;

/**
 * One line of output, without its end.
 *
 * @param cutBytes how much of its end was too much to keep
 */
record Line(String text, long cutBytes) {

    boolean isBlank() {
        return text.isBlank();
    }
}
