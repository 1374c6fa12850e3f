package dev.sidecar.server.edge.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sidecar.runtime.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetTest {

    @TempDir
    private Path directory;

    private Path mounted;

    @AfterEach
    void unmount() throws Exception {
        if (mounted != null) {
            run("umount", mounted.toString());
        }
    }

    @Test
    void theNewFileHasTheOwnerAndTheModeOfTheOld() throws Exception {
        Path file = Files.writeString(directory.resolve("web.conf"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        boolean owned = run("chown", "nobody:nogroup", file.toString()) == 0;

        replace(file, "new");

        assertThat(file).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        if (owned) {
            assertThat(Files.getOwner(file).getName()).isEqualTo("nobody");
            assertThat(Files.getAttribute(file, "posix:group").toString()).isEqualTo("nogroup");
        }
        assertThat(staged()).isEmpty();
    }

    @Test
    void aFileThatWasNotThereCanBeReadByTheProxy() throws Exception {
        Path file = directory.resolve("web.conf");

        replace(file, "new");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void aSymbolicLinkStaysAndTheFileItNamesIsReplaced() throws Exception {
        Path real = Files.writeString(
                Files.createDirectory(directory.resolve("available")).resolve("web.conf"), "old");
        Path link = Files.createSymbolicLink(directory.resolve("web.conf"), Path.of("available/web.conf"));

        replace(link, "new");

        assertThat(link).isSymbolicLink().hasContent("new");
        assertThat(real).isRegularFile().hasContent("new");
    }

    @Test
    void aLinkToNothingGetsTheFileItNames() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("web.conf"), Path.of("later.conf"));

        replace(link, "new");

        assertThat(link).isSymbolicLink();
        assertThat(directory.resolve("later.conf")).hasContent("new");
    }

    @Test
    void aFileMountedIntoAContainerIsOverwritten() throws Exception {
        Path source = Files.writeString(directory.resolve("source"), "old, and longer than the new one");
        Path file = Files.writeString(directory.resolve("web.conf"), "");
        mount("--bind", source.toString(), file.toString());

        replace(file, "new");

        assertThat(file).hasContent("new");
        assertThat(source).hasContent("new");
        assertThat(staged()).isEmpty();
        new Target(file).restore("old");
        assertThat(source).hasContent("old");
    }

    @Test
    void aFullDiskLeavesTheOldFileAndNothingElse() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        mount("-t", "tmpfs", "-o", "size=32k", "none", disk.toString());
        Target target = new Target(disk.resolve("web.conf"));
        target.install(target.stage("old"));

        assertThatThrownBy(() -> target.stage("n".repeat(100_000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left");

        assertThat(disk.resolve("web.conf")).hasContent("old");
        try (Stream<Path> files = Files.list(disk)) {
            assertThat(files).hasSize(1);
        }
    }

    private static void replace(Path file, String content) throws IOException {
        Target target = new Target(file);
        target.install(target.stage(content));
    }

    private void mount(String... arguments) throws Exception {
        String point = arguments[arguments.length - 1];
        int code = run(Stream.concat(Stream.of("mount"), Stream.of(arguments)).toArray(String[]::new));
        assumeTrue(code == 0, "only root may mount");
        mounted = Path.of(point);
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private List<Path> staged() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith(AtomicFiles.STAGING_PREFIX))
                    .toList();
        }
    }
}
