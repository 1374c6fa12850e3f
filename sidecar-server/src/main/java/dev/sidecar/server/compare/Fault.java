package dev.sidecar.server.compare;

import java.util.Locale;

/** What goes wrong with a feature, or is done to it. */
enum Fault {
    BLOCK,
    CRASH,
    UPGRADE,
    LEAK,
    SPIN;

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
