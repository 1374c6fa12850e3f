package dev.sidecar.autoconfigure.config;

import dev.sidecar.autoconfigure.InvalidProperty;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** A mode as {@code chmod} takes it, in four digits: YAML makes another number of one that is not in quotes. */
final class FileMode {

    /** From the highest bit to the lowest. */
    private static final PosixFilePermission[] BITS = {
        PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE,
        PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_EXECUTE,
        PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE
    };

    private FileMode() {}

    static Set<PosixFilePermission> parse(String property, String text) {
        if (!text.matches("0[0-7]{3}")) {
            throw InvalidProperty.of(property, text, "four digits in quotes such as \"0640\"");
        }
        int mode = Integer.parseInt(text, 8);
        Set<PosixFilePermission> result = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < BITS.length; i++) {
            if ((mode & (1 << (BITS.length - 1 - i))) != 0) {
                result.add(BITS[i]);
            }
        }
        return result;
    }
}
