package dev.sidecar.server.compare;

import java.util.Arrays;
import java.util.List;

/** How an application gets the features: what is compared. */
enum Way {
    NONE("none", "alone"),
    LIBRARY("library", "library"),
    UNIX("sidecar-unix", "sidecar, Unix socket"),
    TCP("sidecar-tcp", "sidecar, TCP");

    /** Those that have the features. */
    static final List<Way> DELIVERIES = List.of(LIBRARY, UNIX, TCP);

    private final String id;
    private final String title;

    Way(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** By its id. */
    static Way of(String id) {
        return Arrays.stream(values())
                .filter(way -> way.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + id + "' is not a way; give one of "
                        + Arrays.stream(values()).map(Way::id).toList()));
    }

    /** Stable, for programs. */
    String id() {
        return id;
    }

    String title() {
        return title;
    }

    boolean hasSidecar() {
        return this == UNIX || this == TCP;
    }
}
