package dev.sidecar.linux;

import java.util.List;
import java.util.Optional;

/** Bytes a control group read from and wrote to block devices. */
public record CgroupIo(long readBytes, long writtenBytes) {

    /** As it is now; empty where the controller is not there. */
    public static Optional<CgroupIo> read(LinuxFiles files, Cgroup group) {
        String own = group.own("blkio");
        if (own == null) {
            return Optional.empty();
        }
        List<String> lines =
                files.lines(own + (group.version() == 2 ? "/io.stat" : "/blkio.throttle.io_service_bytes"));
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        long read = 0;
        long written = 0;
        for (String line : lines) {
            String[] words = line.split(" ");
            for (int i = 1; i < words.length; i++) {
                if (words[i].startsWith("rbytes=")) {
                    read += Fields.number(words[i].substring(7)).orElse(0);
                } else if (words[i].startsWith("wbytes=")) {
                    written += Fields.number(words[i].substring(7)).orElse(0);
                } else if (words[i].equals("Read") && i + 1 < words.length) {
                    read += Fields.number(words[i + 1]).orElse(0);
                } else if (words[i].equals("Write") && i + 1 < words.length) {
                    written += Fields.number(words[i + 1]).orElse(0);
                }
            }
        }
        return Optional.of(new CgroupIo(read, written));
    }
}
