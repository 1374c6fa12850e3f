package dev.sidecar.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says how to start an application that is to have a sidecar, and how to do without one. */
final class SidecarNotFoundFailureAnalyzer extends AbstractFailureAnalyzer<SidecarNotFoundException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SidecarNotFoundException cause) {
        return new FailureAnalysis(
                cause.getMessage() + ".",
                """
                Do one of these:
                  start the application with its sidecar: ./sidecar run -- java -jar <your application>.jar
                  say where the sidecar listens: sidecar.endpoint=http://127.0.0.1:7300 (with SIDECAR_TOKEN) \
                or sidecar.endpoint=unix:<path of the socket>
                  do without the process: sidecar.delivery=library""",
                cause);
    }
}
