package dev.sidecar.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.sidecar.linux.LinuxFiles;
import dev.sidecar.monitor.Source.Reading;
import dev.sidecar.runtime.Commands;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On Linux, where both sources have numbers, they are the same numbers. */
class OshiSourceTest {

    private final long self = ProcessHandle.current().pid();
    private final BoundedReads reads = new BoundedReads(Duration.ofSeconds(5));
    private final Source linux = new LinuxSource(LinuxFiles.ofThisMachine(), reads, self);
    private final Source oshi = OshiSource.or(linux, reads, self);
    private final List<String> unknown = new ArrayList<>();

    @AfterEach
    void close() {
        reads.close();
    }

    private Reading read(Source source) {
        return source.read(System.nanoTime(), OptionalLong.of(self), unknown);
    }

    @Test
    void isUsedHere() {
        assertThat(oshi).isInstanceOf(OshiSource.class);
    }

    @Test
    void tellsTheSameOfTheHost() {
        HostSample expected = read(linux).host();
        HostSample host = read(oshi).host();

        assertThat(host.bootedAt()).isCloseTo(expected.bootedAt(), within(3, ChronoUnit.SECONDS));
        assertThat(host.memory().totalBytes()).isEqualTo(expected.memory().totalBytes());
        assertThat(host.memory().utilization()).isCloseTo(expected.memory().utilization(), within(0.05));
        assertThat(host.cpu().count()).isEqualTo(expected.cpu().count());
        assertThat(host.cpu().userSeconds()).isCloseTo(expected.cpu().userSeconds(), within(5.0));
        assertThat(host.load().oneMinute()).isCloseTo(expected.load().oneMinute(), within(1.0));
        assertThat(host.network()).extracting(NetworkSample::name).contains(firstNetwork(expected));
        assertThat(root(host).totalBytes()).isEqualTo(root(expected).totalBytes());
        assertThat(root(host).utilization()).isCloseTo(root(expected).utilization(), within(0.05));
        assertThat(unknown).isEmpty();
    }

    private static String firstNetwork(HostSample host) {
        return host.network().stream()
                .map(NetworkSample::name)
                .filter(name -> !name.equals("lo"))
                .findFirst()
                .orElse("lo");
    }

    private static FileSystemSample root(HostSample host) {
        return host.fileSystems().stream()
                .filter(store -> store.mountPoint().equals("/"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsHowBusyTheHostIsSinceTheLastSample() {
        assertThat(read(oshi).host().cpu().utilization()).isNull();

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(read(oshi).host().cpu().utilization()).isBetween(0.0, 1.0));
    }

    @Test
    void tellsTheSameOfThisProcess() {
        ProcessSample expected = read(linux).sidecar();
        ProcessSample process = read(oshi).sidecar();

        assertThat(process.pid()).isEqualTo(self);
        assertThat(process.parentPid()).isEqualTo(expected.parentPid());
        assertThat((double) process.rssBytes()).isCloseTo(expected.rssBytes(), within(expected.rssBytes() * 0.3));
        assertThat(process.cpuSeconds()).isCloseTo(expected.cpuSeconds(), within(5.0));
        assertThat(process.openFds()).isPositive();
        assertThat(process.threads()).isPositive();
    }

    @Test
    void countsWhatDescendsFromTheRootAndKeepsWhatItHadUsed() throws Exception {
        int before = read(oshi).app().processCount();
        Process child = Commands.start(Commands.of(List.of("sleep", "60")));
        try {
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(read(oshi).app().processes())
                            .extracting(ProcessSample::pid)
                            .contains(child.pid()));
        } finally {
            child.destroyForcibly().waitFor();
        }
        double cpu = read(oshi).app().cpuSeconds();
        assertThat(read(oshi).app().processCount()).isEqualTo(before);
        assertThat(read(oshi).app().cpuSeconds()).isGreaterThanOrEqualTo(cpu);
    }

    @Test
    void aProcessThatIsGoneHasNoNumbers() throws Exception {
        Process gone = Commands.start(Commands.of(List.of("true")));
        gone.waitFor();

        assertThat(oshi.read(System.nanoTime(), OptionalLong.of(gone.pid()), unknown)
                        .app())
                .isNull();
    }
}
