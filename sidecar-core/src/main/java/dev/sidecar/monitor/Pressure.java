package dev.sidecar.monitor;

import dev.sidecar.linux.LinuxFiles;
import dev.sidecar.monitor.PressureSample.Resource;
import dev.sidecar.monitor.PressureSample.Stall;
import org.jspecify.annotations.Nullable;

/** Reads a file of pressure stall information. */
final class Pressure {

    private Pressure() {}

    /** Null where the kernel has none, or has it switched off. */
    static @Nullable Resource read(LinuxFiles files, @Nullable String path) {
        String content = path == null ? null : files.read(path);
        if (content == null) {
            return null;
        }
        Stall some = null;
        Stall full = null;
        for (String line : content.split("\n")) {
            if (line.startsWith("some ")) {
                some = stall(line);
            } else if (line.startsWith("full ")) {
                full = stall(line);
            }
        }
        return some == null && full == null ? null : new Resource(some, full);
    }

    private static @Nullable Stall stall(String line) {
        double[] values = new double[4];
        String[] words = line.split(" ");
        if (words.length < 5) {
            return null;
        }
        try {
            for (int i = 0; i < 4; i++) {
                values[i] = Double.parseDouble(words[i + 1].substring(words[i + 1].indexOf('=') + 1));
            }
        } catch (NumberFormatException e) {
            return null;
        }
        return new Stall(values[0], values[1], values[2], values[3] / 1e6);
    }
}
