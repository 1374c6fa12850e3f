package dev.sidecar.environment;

import dev.sidecar.linux.Cgroup;
import dev.sidecar.linux.LinuxFiles;
import dev.sidecar.linux.Mount;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which container runtime there is and what it calls the container, by what runtimes leave behind: the path of the
 * control group, files they mount into the container, marker files, and the variable {@code container}.
 */
final class ContainerDetection {

    private static final String ID = "[0-9a-f]{64}";

    /** Scopes of systemd and directories of cgroupfs, with the runtime each belongs to. */
    private static final Map<String, Pattern> PATHS = Map.of(
            "docker", Pattern.compile("(?:/docker[-/]|/docker-ce/)(" + ID + ")(?:\\.scope)?(?:/|$)"),
            "containerd", Pattern.compile("(?:/cri-containerd-|:cri-containerd:|/nerdctl-)(" + ID + ")(?:\\.scope)?"),
            "cri-o", Pattern.compile("/crio-(?:conmon-)?(" + ID + ")(?:\\.scope)?"),
            "podman", Pattern.compile("/libpod-(?:conmon-)?(" + ID + ")(?:\\.scope)?"),
            "lxc", Pattern.compile("/lxc(?:\\.payload)?[./]([^/]+)"),
            "systemd-nspawn", Pattern.compile("/machine\\.slice/systemd-nspawn@([^/]+)\\.service"),
            "ecs", Pattern.compile("/ecs/[^/]+/([0-9a-f]{32}-\\d+|" + ID + ")"));

    private static final Pattern IN_POD = Pattern.compile("/kubepods.*/(" + ID + ")$");

    /** What runtimes mount over a container's hosts, hostname and resolv.conf. */
    private static final Map<String, Pattern> SOURCES = Map.of(
            "docker", Pattern.compile("/docker/containers/(" + ID + ")/"),
            "podman", Pattern.compile("/overlay-containers/(" + ID + ")/userdata/"),
            "containerd", Pattern.compile("/io\\.containerd\\.[^/]+/(?:containers|sandboxes)/(" + ID + ")/"));

    private static final Pattern LINE = Pattern.compile("^(\\w+)=\"?([^\"]*)\"?$");

    private final LinuxFiles files;

    /** What was found. */
    record Found(String runtime, @Nullable String id, @Nullable String name) {}

    ContainerDetection(LinuxFiles files) {
        this.files = files;
    }

    Found detect(String process, @Nullable Cgroup group, Map<String, String> variables) {
        Found found = byPath(group);
        Found mounted = byMounts(process);
        if (found == null || found.id() == null) {
            found = mounted != null ? mounted : found;
        }
        Found marked = byMarker(variables);
        if (found == null) {
            return marked == null ? new Found(ContainerFacts.NONE, null, null) : marked;
        }
        // A marker tells podman from a look-alike path, and its file has the name.
        return marked == null || marked.id() == null ? found : marked;
    }

    private static @Nullable Found byPath(@Nullable Cgroup group) {
        if (group == null) {
            return null;
        }
        for (String path : group.allPaths()) {
            for (Map.Entry<String, Pattern> runtime : PATHS.entrySet()) {
                Matcher matcher = runtime.getValue().matcher(path);
                if (matcher.find()) {
                    return new Found(runtime.getKey(), matcher.group(1), null);
                }
            }
        }
        for (String path : group.allPaths()) {
            Matcher matcher = IN_POD.matcher(path);
            if (matcher.find()) {
                return new Found("containerd", matcher.group(1), null);
            }
        }
        return null;
    }

    private @Nullable Found byMounts(String process) {
        for (Mount mount : Mount.all(files, process)) {
            if (List.of("/etc/hosts", "/etc/hostname", "/etc/resolv.conf").contains(mount.point())) {
                for (Map.Entry<String, Pattern> runtime : SOURCES.entrySet()) {
                    Matcher matcher = runtime.getValue().matcher(mount.root());
                    if (matcher.find()) {
                        return new Found(runtime.getKey(), matcher.group(1), null);
                    }
                }
            }
        }
        return null;
    }

    private @Nullable Found byMarker(Map<String, String> variables) {
        if (files.isFile("/run/.containerenv")) {
            String id = null;
            String name = null;
            for (String line : files.lines("/run/.containerenv")) {
                Matcher matcher = LINE.matcher(line.strip());
                if (matcher.matches() && matcher.group(1).equals("id")) {
                    id = matcher.group(2);
                } else if (matcher.matches() && matcher.group(1).equals("name")) {
                    name = matcher.group(2);
                }
            }
            return new Found("podman", id, name);
        }
        if (files.isFile("/.dockerenv")) {
            return new Found("docker", null, null);
        }
        String said = files.word("/run/systemd/container");
        said = said != null ? said : files.word("/run/host/container-manager");
        said = said != null ? said : variables.get("container");
        return said == null || said.isBlank() ? null : new Found(said.toLowerCase(Locale.ROOT), null, null);
    }
}
