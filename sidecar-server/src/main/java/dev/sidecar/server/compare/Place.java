package dev.sidecar.server.compare;

/** Where a feature lives in an experiment. */
enum Place {
    LIBRARY("library"),
    /** A sidecar in a container of its own: whoever dies is started again alone. */
    SIDECAR("sidecar"),
    /** {@code sidecar run}: the two live and die together. */
    PAIR("sidecar-run");

    private final String id;

    Place(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }
}
