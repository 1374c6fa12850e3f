package dev.sidecar.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupTest {

    private static final String V2_MOUNT = "30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n";
    private static final String V1_MOUNTS =
            """
            33 31 0:30 / /sys/fs/cgroup/cpu,cpuacct ro,nosuid - cgroup cgroup rw,cpu,cpuacct
            35 31 0:32 / /sys/fs/cgroup/memory ro,nosuid - cgroup cgroup rw,memory
            39 31 0:36 / /sys/fs/cgroup/pids ro,nosuid - cgroup cgroup rw,pids
            41 31 0:38 / /sys/fs/cgroup/unified rw,nosuid - cgroup2 cgroup2 rw
            """;

    @TempDir
    Path root;

    private Tree tree;

    @BeforeEach
    void setUp() {
        tree = new Tree(root);
    }

    @Test
    void readsTheGroupOfAContainerWithANamespaceOfItsOwn() {
        tree.with("/proc/self/cgroup", "0::/\n")
                .with("/proc/self/mountinfo", V2_MOUNT)
                .with("/sys/fs/cgroup/cpu.max", "150000 100000\n")
                .with("/sys/fs/cgroup/cpu.weight", "100\n")
                .with(
                        "/sys/fs/cgroup/cpu.stat",
                        "usage_usec 2500000\nuser_usec 2000000\nnr_periods 40\nnr_throttled 8\nthrottled_usec 1250000\n")
                .with("/sys/fs/cgroup/memory.max", "268435456\n")
                .with("/sys/fs/cgroup/memory.current", "100000000\n")
                .with("/sys/fs/cgroup/memory.stat", "anon 70000000\nfile 30000000\ninactive_file 20000000\n")
                .with("/sys/fs/cgroup/memory.events", "low 0\nhigh 0\nmax 3\noom 1\noom_kill 2\n")
                .with("/sys/fs/cgroup/pids.max", "64\n")
                .with("/sys/fs/cgroup/pids.current", "7\n");

        Cgroup group = Cgroup.of(tree.files(), "self").orElseThrow();
        CgroupCpu cpu = CgroupCpu.read(tree.files(), group);
        CgroupMemory memory = CgroupMemory.read(tree.files(), group);

        assertThat(group.version()).isEqualTo(2);
        assertThat(cpu.limitCores()).isEqualTo(1.5);
        assertThat(cpu.usageSeconds()).isEqualTo(2.5);
        assertThat(cpu.periods()).isEqualTo(40);
        assertThat(cpu.throttledPeriods()).isEqualTo(8);
        assertThat(cpu.throttledSeconds()).isEqualTo(1.25);
        assertThat(memory.limitBytes()).isEqualTo(256L << 20);
        assertThat(memory.workingSetBytes()).isEqualTo(80_000_000);
        assertThat(memory.rssBytes()).isEqualTo(70_000_000);
        assertThat(memory.oomKills()).isEqualTo(2);
        assertThat(CgroupTasks.read(tree.files(), group)).isEqualTo(new CgroupTasks(7L, 64L));
    }

    @Test
    void takesTheTightestLimitOfTheGroupsAGroupIsIn() {
        tree.with("/proc/77/cgroup", "0::/kubepods.slice/pod.slice/app.scope\n")
                .with("/proc/self/mountinfo", V2_MOUNT)
                .with("/sys/fs/cgroup/kubepods.slice/memory.max", "max\n")
                .with("/sys/fs/cgroup/kubepods.slice/pod.slice/memory.max", "100\n")
                .with("/sys/fs/cgroup/kubepods.slice/pod.slice/memory.current", "60\n")
                .with("/sys/fs/cgroup/kubepods.slice/pod.slice/app.scope/memory.max", "max\n")
                .with("/sys/fs/cgroup/kubepods.slice/pod.slice/app.scope/memory.current", "10\n");

        CgroupMemory memory =
                CgroupMemory.read(tree.files(), Cgroup.of(tree.files(), "77").orElseThrow());

        assertThat(memory.limitBytes()).isEqualTo(100);
        assertThat(memory.usageBytes()).isEqualTo(60);
    }

    @Test
    void readsVersionOneAlsoWhereVersionTwoIsMountedBesideIt() {
        String id = "0123456789abcdef".repeat(4);
        String path = "/docker/" + id;
        tree.with("/proc/self/cgroup", "8:pids:" + path + "\n4:memory:" + path + "\n1:cpu,cpuacct:" + path + "\n0::/\n")
                .with("/proc/self/mountinfo", V1_MOUNTS)
                .with("/sys/fs/cgroup/memory" + path + "/memory.limit_in_bytes", "536870912\n")
                .with("/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n")
                .with("/sys/fs/cgroup/memory" + path + "/memory.usage_in_bytes", "200\n")
                .with(
                        "/sys/fs/cgroup/memory" + path + "/memory.stat",
                        "rss 90\ntotal_rss 100\ntotal_inactive_file 50\n")
                .with(
                        "/sys/fs/cgroup/memory" + path + "/memory.oom_control",
                        "oom_kill_disable 0\nunder_oom 0\noom_kill 4\n")
                .with("/sys/fs/cgroup/cpu,cpuacct" + path + "/cpu.cfs_quota_us", "50000\n")
                .with("/sys/fs/cgroup/cpu,cpuacct" + path + "/cpu.cfs_period_us", "100000\n")
                .with("/sys/fs/cgroup/cpu,cpuacct" + path + "/cpuacct.usage", "3000000000\n")
                .with(
                        "/sys/fs/cgroup/cpu,cpuacct" + path + "/cpu.stat",
                        "nr_periods 5\nnr_throttled 1\nthrottled_time 500000000\n");

        Cgroup group = Cgroup.of(tree.files(), "self").orElseThrow();

        assertThat(group.version()).isEqualTo(1);
        assertThat(group.path()).isEqualTo(path);
        assertThat(CgroupMemory.read(tree.files(), group))
                .isEqualTo(new CgroupMemory(512L << 20, null, 200L, 150L, 100L, null, 4L));
        CgroupCpu cpu = CgroupCpu.read(tree.files(), group);
        assertThat(cpu.limitCores()).isEqualTo(0.5);
        assertThat(cpu.usageSeconds()).isEqualTo(3.0);
        assertThat(cpu.throttledSeconds()).isEqualTo(0.5);
    }

    @Test
    void aGroupOutOfSightIsTheRootOfTheMount() {
        String path = "/docker/0123";
        tree.with("/proc/self/cgroup", "4:memory:" + path + "\n")
                .with(
                        "/proc/self/mountinfo",
                        "35 31 0:32 " + path + " /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n")
                .with("/sys/fs/cgroup/memory/memory.limit_in_bytes", "1000\n");

        CgroupMemory memory =
                CgroupMemory.read(tree.files(), Cgroup.of(tree.files(), "self").orElseThrow());

        assertThat(memory.limitBytes()).isEqualTo(1000);
    }

    @Test
    void saysNothingWhereThereIsNothing() {
        assertThat(Cgroup.of(tree.files(), "self")).isEmpty();
    }
}
