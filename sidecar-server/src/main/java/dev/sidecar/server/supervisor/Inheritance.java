package dev.sidecar.server.supervisor;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.zip.CRC32;

/**
 * Tells what an outer sidecar put into the environment from what the user set: the outer one leaves a note of each
 * variable and a checksum of its value. What is as noted was inherited, and does not win over ours.
 */
public final class Inheritance {

    /** Marks everything the application starts; a sidecar within a sidecar adds its own to the outer one's. */
    static final String RUN = "SIDECAR_RUN";

    private static final String GIVEN = "SIDECAR_GIVEN";

    private Inheritance() {}

    /** The environment without the variables that an outer sidecar set, and without its note. */
    public static Map<String, String> withoutInherited(Map<String, String> environment) {
        Map<String, String> result = new HashMap<>(environment);
        for (String note : environment.getOrDefault(GIVEN, "").split(",")) {
            int colon = note.indexOf(':');
            String name = colon < 0 ? "" : note.substring(0, colon);
            String value = environment.get(name);
            if (value != null && checksum(value).equals(note.substring(colon + 1))) {
                result.remove(name);
            }
        }
        result.remove(GIVEN);
        result.remove(RUN);
        return result;
    }

    /** Adds the mark and the note. */
    static void mark(
            Map<String, String> target, Map<String, String> ours, String run, SortedMap<String, String> given) {
        StringJoiner notes = new StringJoiner(",");
        given.forEach((name, value) -> notes.add(name + ":" + checksum(value)));
        target.put(GIVEN, notes.toString());
        String outer = ours.get(RUN);
        target.put(RUN, outer == null ? run : outer + "," + run);
    }

    private static String checksum(String value) {
        CRC32 crc = new CRC32();
        crc.update(value.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
