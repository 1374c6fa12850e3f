package dev.sidecar.linux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The control group of a process, in version 1 (a hierarchy for each controller) or 2 (one for all); see cgroups(7).
 * Where both are mounted, the one that has the memory controller counts.
 */
public final class Cgroup {

    private static final String UNIFIED = "";

    private final int version;
    private final Map<String, List<String>> levels;
    private final Map<String, String> paths;

    private Cgroup(int version, Map<String, List<String>> levels, Map<String, String> paths) {
        this.version = version;
        this.levels = levels;
        this.paths = paths;
    }

    /**
     * That of a process; empty where there is none or it cannot be seen.
     *
     * @param process its id or {@code self}
     */
    public static Optional<Cgroup> of(LinuxFiles files, String process) {
        Map<String, String> paths = paths(files.lines("/proc/" + process + "/cgroup"));
        Map<String, List<String>> levels = new HashMap<>();
        for (Mount mount : Mount.all(files, "self")) {
            if (mount.type().equals("cgroup2") && paths.containsKey(UNIFIED)) {
                levels.putIfAbsent(UNIFIED, levels(files, mount, paths.getOrDefault(UNIFIED, "/")));
            } else if (mount.type().equals("cgroup")) {
                for (String controller : mount.superOptions()) {
                    String path = paths.get(controller);
                    if (path != null) {
                        levels.putIfAbsent(controller, levels(files, mount, path));
                    }
                }
            }
        }
        if (levels.containsKey("memory") || levels.containsKey("cpu")) {
            return Optional.of(new Cgroup(1, levels, paths));
        }
        return levels.containsKey(UNIFIED) ? Optional.of(new Cgroup(2, levels, paths)) : Optional.empty();
    }

    private static Map<String, String> paths(List<String> lines) {
        Map<String, String> paths = new HashMap<>();
        for (String line : lines) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3) {
                for (String controller : parts[1].split(",")) {
                    paths.put(controller, parts[2]);
                }
            }
        }
        return paths;
    }

    /** The directory of the group and of those it is in, as far up as they are mounted. */
    private static List<String> levels(LinuxFiles files, Mount mount, String path) {
        String root = mount.root().equals("/") ? "" : mount.root();
        String below = path.equals("/") || path.contains("/..") ? "" : path;
        if (!root.isEmpty()) {
            // A group out of the mount's sight is the mount's root to us: a container without a namespace of its own.
            below = below.startsWith(root + "/") ? below.substring(root.length()) : "";
        }
        if (!below.isEmpty() && !files.isDirectory(mount.point() + below)) {
            below = "";
        }
        List<String> levels = new ArrayList<>();
        while (!below.isEmpty()) {
            levels.add(mount.point() + below);
            below = below.substring(0, below.lastIndexOf('/'));
        }
        levels.add(mount.point());
        return levels;
    }

    public int version() {
        return version;
    }

    /** The path of the group as the kernel names it; in a container with a namespace of its own just {@code /}. */
    public String path() {
        String unified = paths.getOrDefault(UNIFIED, "/");
        return version == 2 ? unified : paths.getOrDefault("memory", paths.getOrDefault("cpu", unified));
    }

    /** All paths there are: a runtime may have put its id into any of them. */
    public List<String> allPaths() {
        return List.copyOf(paths.values());
    }

    /** Directories from the group's own to the top, none for a controller that is not there. */
    List<String> levels(String controller) {
        return levels.getOrDefault(version == 2 ? UNIFIED : controller, List.of());
    }

    /** The group's own directory. */
    @Nullable
    String own(String controller) {
        List<String> all = levels(controller);
        return all.isEmpty() ? null : all.get(0);
    }

    /** A file of the group's own in version 2, null where it is not there. */
    public @Nullable String pressureFile(String resource) {
        String own = version == 2 ? own(resource) : null;
        return own == null ? null : own + "/" + resource + ".pressure";
    }
}
