package dev.sidecar.server.cli;

import dev.sidecar.SidecarException;
import dev.sidecar.server.StartupProblem;
import dev.sidecar.server.cli.validation.ConfigurationCheck;
import dev.sidecar.server.lifecycle.ExitCodes;
import dev.sidecar.server.lifecycle.StartupFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/**
 * Says what went wrong at the start in words that help, instead of a stack trace. Spring Boot's own analyses come in
 * as the registered reporter, just before the exception they explain.
 */
public final class StartFailures implements FailureAnalysisReporter {

    private static volatile @Nullable FailureAnalysis last;

    @Override
    public void report(FailureAnalysis analysis) {
        last = analysis;
    }

    /** The failure to end this process with: 78 where a person can mend it in the configuration, else 70. */
    static RuntimeException explain(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartupFailure known) {
                return known;
            }
            if (cause instanceof StartupProblem problem) {
                return new StartupFailure(ExitCodes.CONFIG, problem.getMessage() + "\n  " + problem.action());
            }
            if (cause instanceof SidecarException refused) {
                return new StartupFailure(ExitCodes.CONFIG, refused.problem().detail());
            }
            if (cause instanceof BindException bind && bind.getProperty() != null) {
                return new StartupFailure(
                        ExitCodes.CONFIG,
                        ConfigurationCheck.refusal(bind.getName().toString(), value(bind.getProperty()), type(bind)));
            }
        }
        return analysed(failure)
                .map(text -> (RuntimeException) new StartupFailure(ExitCodes.CONFIG, text))
                .orElse(failure);
    }

    private static Object value(ConfigurationProperty property) {
        return property.getValue() == null ? "" : property.getValue();
    }

    private static Class<?> type(BindException failure) {
        return failure.getTarget().getType().resolve(Object.class);
    }

    private static Optional<String> analysed(RuntimeException failure) {
        FailureAnalysis analysis = last;
        if (analysis == null || !caused(failure, analysis.getCause())) {
            return Optional.empty();
        }
        String action = analysis.getAction();
        String text = analysis.getDescription() + (action == null ? "" : "\n" + action);
        return Optional.of(text.strip().replace("\n\n", "\n").replace("\n", "\n  "));
    }

    private static boolean caused(Throwable failure, @Nullable Throwable analysed) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause == analysed || cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }
}
