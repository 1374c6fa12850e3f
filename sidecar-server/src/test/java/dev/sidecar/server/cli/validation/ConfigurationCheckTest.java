package dev.sidecar.server.cli.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationCheckTest {

    @TempDir
    Path directory;

    private List<String> check(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("sidecar.yml"), yaml);
        return ConfigurationCheck.create().check(file).stream()
                .map(finding -> finding.line() + ":" + finding.column() + (finding.error() ? " " : " warning: ")
                        + finding.detail())
                .toList();
    }

    @Test
    void namesTheLineOfATypoAndTheNearestProperty() throws IOException {
        assertThat(check("sidecar:\n  app:\n    prot: 3000\n"))
                .containsExactly("3:5 unknown property sidecar.app.prot; did you mean sidecar.app.port?");
    }

    @Test
    void looksBelowNamesOfTheUsersChoice() throws IOException {
        assertThat(check("sidecar.health.checks.mine: {type: http, intervall: 5s}\n"))
                .containsExactly("1:42 unknown property sidecar.health.checks.mine.intervall;"
                        + " did you mean sidecar.health.checks.mine.interval?");
    }

    @Test
    void saysWhatAValueShouldHaveBeen() throws IOException {
        assertThat(check("sidecar:\n  api: {port: abc}\n  app: {restart: sometimes, grace: long}\n"))
                .containsExactly(
                        "2:9 sidecar.api.port: 'abc' is not allowed; give a whole number",
                        "3:9 sidecar.app.restart: 'sometimes' is not allowed; give never, on-failure, always",
                        "3:29 sidecar.app.grace: 'long' is not allowed; give a duration such as 500ms, 15s or 2m");
    }

    @Test
    void namesTheLineOfBrokenSyntax() throws IOException {
        assertThat(check("sidecar:\n  app: {name: x\n  api: 3\n"))
                .singleElement()
                .asString()
                .startsWith("3:6 not YAML: ");
    }

    @Test
    void namesADuplicate() throws IOException {
        assertThat(check("sidecar:\n  home: a\n  home: b\n"))
                .containsExactly("3:3 sidecar.home is there twice; remove one");
    }

    @Test
    void judgesTheOffloadProxy() throws IOException {
        assertThat(check("sidecar:\n  offload:\n    port: 8000\n    prot: 1\n"))
                .singleElement()
                .asString()
                .startsWith("4:5 unknown property sidecar.offload.prot; did you mean sidecar.offload.port?");
    }

    @Test
    void doesNotJudgeOtherTreesNorPlaceholders() throws IOException {
        assertThat(check("spring:\n  anything: goes\nsidecar:\n  app: {port: '${PORT}'}\n"))
                .isEmpty();
    }
}
