package dev.sidecar.autoconfigure;

import dev.sidecar.SidecarException;
import java.util.Objects;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/** A refusal of the core, at start-up, is about what was configured; its detail names the field and the fix. */
final class SidecarFailureAnalyzer extends AbstractFailureAnalyzer<SidecarException> {

    private final Environment environment;

    SidecarFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SidecarException cause) {
        String detail = String.valueOf(cause.getMessage());
        return new FailureAnalysis(
                "Sidecar refused its configuration (" + cause.code() + "):\n\n    " + detail
                        + origin(detail.split(":", 2)[0]),
                "Correct the value, or set sidecar.enabled=false to do without Sidecar.",
                cause);
    }

    private String origin(String property) {
        if (!(environment instanceof ConfigurableEnvironment configurable)) {
            return "";
        }
        return configurable.getPropertySources().stream()
                .filter(source -> source.containsProperty(property))
                .map(source -> PropertySourceOrigin.get(source, property))
                .filter(Objects::nonNull)
                .findFirst()
                .map(origin -> "\n    Origin: " + origin)
                .orElse("");
    }
}
