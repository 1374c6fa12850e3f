package dev.sidecar.monitor;

import dev.sidecar.linux.LinuxFiles;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads {@code /proc} and {@code /sys} and nothing else: it costs no library and no native code. */
final class LinuxSource implements Source {

    private final HostReader host;
    private final ContainerReader container;
    private final ProcessTrees trees;

    LinuxSource(LinuxFiles files, BoundedReads reads, long self) {
        this.host = new HostReader(files, reads);
        this.container = new ContainerReader(files);
        this.trees = new ProcessTrees(files, reads, self);
    }

    @Override
    public Reading read(long nowNanos, OptionalLong app, List<String> unknown) {
        HostSample machine = host.read(unknown);
        ProcessTreeSample tree = null;
        if (app.isPresent()) {
            tree = trees.tree(app.getAsLong(), nowNanos, host.bootedAt());
        } else {
            trees.forget();
        }
        CpuSample cpu = machine.cpu();
        return new Reading(
                machine,
                container(tree, cpu == null ? 1 : cpu.count(), nowNanos),
                tree,
                trees.self(nowNanos, host.bootedAt()));
    }

    /** The application's own group; while there is no application, that of this process. */
    private @Nullable ContainerSample container(@Nullable ProcessTreeSample tree, int processors, long nowNanos) {
        return container.read(tree == null ? "self" : Long.toString(tree.pid()), processors, nowNanos);
    }
}
