package dev.sidecar.tck;

import java.util.UUID;

/** Names nobody used before, so that tests of one subject do not see each other. */
public final class Fresh {

    private Fresh() {}

    public static String name(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    }
}
