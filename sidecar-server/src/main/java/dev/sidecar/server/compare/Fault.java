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

    /** One that would be felt by all who share the machine: the places take turns. */
    boolean isFeltByAll() {
        return this == SPIN;
    }
}
