package dev.sidecar.server.cli;

import dev.sidecar.server.cli.validation.ConfigurationCheck;
import dev.sidecar.server.cli.validation.Finding;
import dev.sidecar.server.lifecycle.ExitCodes;
import dev.sidecar.server.lifecycle.StartupFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What validate says of a configuration file, and run and attach before they start with it. */
final class ConfigJudgement {

    private ConfigJudgement() {}

    /**
     * Returns the warnings, one a line.
     *
     * @throws StartupFailure 78 with all errors, one a line
     */
    static List<String> judge(Path file) {
        List<Finding> findings;
        try {
            findings = ConfigurationCheck.create().check(file);
        } catch (IOException e) {
            throw new StartupFailure(ExitCodes.CONFIG, file + ": cannot be read: " + e.getMessage());
        }
        if (findings.stream().anyMatch(Finding::error)) {
            throw new StartupFailure(
                    ExitCodes.CONFIG,
                    findings.stream()
                            .filter(Finding::error)
                            .map(finding -> line(file, finding))
                            .collect(Collectors.joining("\nsidecar: ")));
        }
        return findings.stream().map(finding -> line(file, finding)).toList();
    }

    private static String line(Path file, Finding finding) {
        Path shown = file.startsWith(Path.of("").toAbsolutePath())
                ? Path.of("").toAbsolutePath().relativize(file)
                : file;
        return shown + ":" + finding.line() + ":" + finding.column() + ": " + finding.detail();
    }
}
