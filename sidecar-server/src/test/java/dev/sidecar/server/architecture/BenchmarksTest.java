package dev.sidecar.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The benchmarks are compiled by the command that runs them; that they can be is seen here. */
class BenchmarksTest {

    private static final Path BENCHMARKS = Path.of("..", "benchmarks");

    static Stream<Path> sources() throws IOException {
        return Files.list(BENCHMARKS)
                .map(directory -> directory.resolve("src"))
                .filter(Files::isDirectory)
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("sources")
    void compiles(Path sources, @TempDir Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(diagnostics, null, null);
                Stream<Path> listed = Files.list(sources)) {
            List<Path> java =
                    listed.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> options =
                    List.of("--release", "17", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(
                            null, files, diagnostics, options, null, files.getJavaFileObjectsFromPaths(java))
                    .call();

            assertThat(compiled).as("%s", diagnostics.getDiagnostics()).isTrue();
        }
    }
}
