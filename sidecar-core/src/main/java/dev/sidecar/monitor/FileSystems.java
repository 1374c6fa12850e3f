package dev.sidecar.monitor;

import dev.sidecar.linux.LinuxFiles;
import dev.sidecar.linux.Mount;
import java.io.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Space on mounted file systems. One that does not answer, as on a dead server, is listed without numbers; all
 * of those together delay the sample by no more than the limit of a bounded read, once.
 */
final class FileSystems {

    private static final List<String> REMOTE =
            List.of("nfs", "nfs4", "cifs", "smb3", "ceph", "glusterfs", "9p", "virtiofs", "lustre", "afs");

    private final LinuxFiles files;
    private final BoundedReads reads;
    private @Nullable String table;
    private List<Mount> mounts = List.of();

    private record Space(long total, long free, long available) {}

    private static final Space NOTHING = new Space(0, 0, 0);

    FileSystems(LinuxFiles files, BoundedReads reads) {
        this.files = files;
        this.reads = reads;
    }

    List<FileSystemSample> read(List<String> unknown) {
        String now = files.read("/proc/self/mountinfo");
        if (now != null && !now.equals(table)) {
            table = now;
            mounts = List.copyOf(worthwhile());
        }
        List<FileSystemSample> samples = new ArrayList<>();
        long farNanos = reads.limitNanos();
        for (Mount mount : mounts) {
            long began = System.nanoTime();
            samples.add(sample(mount, farNanos, unknown));
            if (isRemote(mount)) {
                farNanos = Math.max(0, farNanos - (System.nanoTime() - began));
            }
        }
        return samples;
    }

    private FileSystemSample sample(Mount mount, long farNanos, List<String> unknown) {
        File point = files.path(mount.point()).toFile();
        String name = "file system " + mount.point();
        Callable<Space> read = () -> new Space(point.getTotalSpace(), point.getFreeSpace(), point.getUsableSpace());
        Optional<Space> answer = isRemote(mount) ? reads.askFar(name, read, farNanos) : reads.ask(name, read);
        if (answer.isEmpty()) {
            unknown.add(name + ": no answer");
        }
        Space space = answer.orElse(NOTHING);
        boolean known = space.total > 0;
        long used = Math.max(0, space.total - space.free);
        return new FileSystemSample(
                mount.point(),
                mount.source(),
                mount.type(),
                mount.readOnly(),
                known ? Long.valueOf(space.total) : null,
                known ? Long.valueOf(used) : null,
                known ? Long.valueOf(space.available) : null,
                known && used + space.available > 0 ? Double.valueOf((double) used / (used + space.available)) : null);
    }

    /** One mount for each device: the others show the same space. Local ones come first. */
    private Collection<Mount> worthwhile() {
        Map<String, Mount> bySource = new LinkedHashMap<>();
        Map<String, Mount> remote = new LinkedHashMap<>();
        for (Mount mount : Mount.all(files, "self")) {
            boolean far = isRemote(mount);
            if (far || isOnDevice(mount)) {
                (far ? remote : bySource).merge(mount.source(), mount, FileSystems::nearerToTheRoot);
            }
        }
        bySource.putAll(remote);
        return bySource.values();
    }

    private static Mount nearerToTheRoot(Mount one, Mount other) {
        return other.point().length() < one.point().length() ? other : one;
    }

    private static boolean isRemote(Mount mount) {
        return REMOTE.contains(mount.type()) || mount.type().startsWith("fuse.");
    }

    private static boolean isOnDevice(Mount mount) {
        return mount.source().startsWith("/dev/")
                || mount.type().equals("zfs")
                || mount.type().equals("btrfs")
                || (mount.type().equals("overlay") && mount.point().equals("/"));
    }
}
