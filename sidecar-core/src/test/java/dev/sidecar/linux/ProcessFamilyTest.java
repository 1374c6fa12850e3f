package dev.sidecar.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessFamilyTest {

    @TempDir
    Path root;

    private Tree tree;
    private ProcessFamily family;

    @BeforeEach
    void setUp() {
        tree = new Tree(root);
        family = new ProcessFamily(tree.files(), 5);
    }

    private void process(long pid, long parent, long session, String state, long start) {
        tree.with(
                "/proc/" + pid + "/stat",
                pid + " (a) b (c) " + state + " " + parent + " 1 " + session + " 0 -1 0 0 0 0 0 200 100 0 0 20 0 3 0 "
                        + start + " 1000 50 0 0\n");
    }

    private List<Long> members(long pid) {
        return family.members(pid).stream().map(ProcessStat::pid).sorted().toList();
    }

    @Test
    void hasEverythingBelowTheRoot() {
        process(1, 0, 1, "S", 1);
        process(10, 1, 3, "S", 5);
        process(11, 10, 3, "S", 6);
        process(12, 11, 99, "S", 7);
        process(13, 1, 13, "S", 8);

        assertThat(members(10)).containsExactly(10L, 11L, 12L);
    }

    @Test
    void hasTheSessionThatTheRootLeadsButNotTheSidecar() {
        process(10, 1, 10, "S", 5);
        process(11, 1, 10, "S", 6);
        process(5, 1, 10, "S", 4);

        assertThat(members(10)).containsExactly(10L, 11L);
    }

    @Test
    void keepsAProcessWhoseParentEnded() throws IOException {
        process(10, 1, 3, "S", 5);
        process(11, 10, 3, "S", 6);
        process(12, 11, 12, "S", 7);
        assertThat(members(10)).containsExactly(10L, 11L, 12L);

        Files.delete(root.resolve("proc/11/stat"));
        process(12, 1, 12, "S", 7);

        assertThat(members(10)).containsExactly(10L, 12L);
    }

    @Test
    void doesNotMistakeALaterProcessOfTheSameNumber() {
        process(10, 1, 3, "S", 5);
        process(11, 10, 3, "S", 6);
        members(10);

        process(11, 1, 3, "S", 600);

        assertThat(members(10)).containsExactly(10L);
    }

    @Test
    void aZombieHasEnded() {
        process(10, 1, 3, "Z", 5);

        assertThat(members(10)).isEmpty();
    }

    @Test
    void readsANameWithBracketsAndSpaces() {
        process(10, 1, 3, "R", 5);

        ProcessStat stat = family.members(10).get(0);

        assertThat(stat.name()).isEqualTo("a) b (c");
        assertThat(stat.cpuSeconds()).isEqualTo(3.0);
        assertThat(stat.threads()).isEqualTo(3);
        assertThat(stat.pages()).isEqualTo(50);
    }
}
