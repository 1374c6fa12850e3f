package dev.sidecar.server.cli.validation;

import dev.sidecar.SidecarException;
import dev.sidecar.autoconfigure.config.ConfigProperties;
import dev.sidecar.autoconfigure.discovery.DiscoveryProperties;
import dev.sidecar.autoconfigure.health.HealthProperties;
import dev.sidecar.autoconfigure.logging.LoggingProperties;
import dev.sidecar.autoconfigure.monitor.MonitorProperties;
import dev.sidecar.autoconfigure.resilience.ResilienceProperties;
import dev.sidecar.autoconfigure.watchdog.WatchdogProperties;
import dev.sidecar.discovery.ServiceNames;
import dev.sidecar.resilience.ResilienceOptions;
import dev.sidecar.server.AppProperties;
import dev.sidecar.server.ShutdownProperties;
import dev.sidecar.server.StartupProblem;
import dev.sidecar.server.ambassador.AmbassadorProperties;
import dev.sidecar.server.api.ApiProperties;
import dev.sidecar.server.edge.EdgeProperties;
import dev.sidecar.server.offload.OffloadProperties;
import dev.sidecar.server.ops.OpsProperties;
import dev.sidecar.server.security.ApiToken;
import dev.sidecar.server.supervisor.SupervisorProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;

/** Makes of the properties what a start makes of them, and starts nothing: what only together makes no sense is found. */
final class Trial {

    /** One class of properties, and what a start does with it before anything runs. */
    private record Step<T>(Class<T> type, String prefix, Consumer<T> conversion) {

        void take(Binder binder) {
            conversion.accept(binder.bindOrCreate(prefix, Bindable.of(type)));
        }
    }

    private final Binder binder;

    private Trial(Binder binder) {
        this.binder = binder;
    }

    static Trial of(Path file) throws IOException {
        List<PropertySource<?>> sources =
                new ArrayList<>(new YamlPropertySourceLoader().load("sidecar.yml", new FileSystemResource(file)));
        return new Trial(new Binder(ConfigurationPropertySources.from(sources)));
    }

    /** What is wrong, as a start would say it; the trees are those that are to be left out. */
    List<String> problems(List<String> leftOut) {
        List<String> problems = new ArrayList<>();
        steps().filter(step -> leftOut.stream().noneMatch(step.prefix()::equals))
                .forEach(step -> {
                    try {
                        step.take(binder);
                    } catch (RuntimeException e) {
                        problems.add(words(step.prefix(), e));
                    }
                });
        return problems;
    }

    private Stream<Step<?>> steps() {
        return Stream.of(
                step(AppProperties.class, "sidecar.app", Trial::checkNames),
                step(SupervisorProperties.class, "sidecar.app", app -> {}),
                step(ApiProperties.class, "sidecar.api", api -> ApiToken.check(api.token())),
                step(OpsProperties.class, "sidecar.ops", ops -> {}),
                step(ShutdownProperties.class, "sidecar.shutdown", shutdown -> {}),
                step(LoggingProperties.class, "sidecar.logging", LoggingProperties::toOptions),
                step(DiscoveryProperties.class, "sidecar.discovery", DiscoveryProperties::toOptions),
                step(HealthProperties.class, "sidecar.health", HealthProperties::toOptions),
                step(ConfigProperties.class, "sidecar.config", ConfigProperties::renderedFiles),
                step(ConfigProperties.class, "sidecar.config", ConfigProperties::renderedVariables),
                step(WatchdogProperties.class, "sidecar.watchdog", WatchdogProperties::toOptions),
                step(MonitorProperties.class, "sidecar.monitor", MonitorProperties::toOptions),
                step(ResilienceProperties.class, "sidecar.resilience", ResilienceProperties::toOptions),
                step(AmbassadorProperties.class, "sidecar.ambassador", routes -> routes.check(policies())),
                step(OffloadProperties.class, "sidecar.offload", OffloadProperties::check),
                step(EdgeProperties.class, "sidecar", EdgeProperties::check));
    }

    private static void checkNames(AppProperties app) {
        ServiceNames.check("sidecar.app.name", app.name());
        if (app.instance() != null) {
            ServiceNames.check("sidecar.app.instance", app.instance());
        }
    }

    private static <T> Step<T> step(Class<T> type, String prefix, Consumer<T> conversion) {
        return new Step<>(type, prefix, conversion);
    }

    /** Of the policies of routes; what is wrong with these themselves is said once, not here. */
    private ResilienceOptions policies() {
        try {
            return binder.bindOrCreate("sidecar.resilience", Bindable.of(ResilienceProperties.class))
                    .toOptions();
        } catch (RuntimeException e) {
            return ResilienceOptions.DEFAULT;
        }
    }

    private static String words(String prefix, RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartupProblem problem) {
                return problem.getMessage() + "; " + decapitalized(problem.action());
            }
            if (cause instanceof SidecarException refused) {
                return refused.problem().detail();
            }
            if (cause instanceof IllegalArgumentException) {
                String said = String.valueOf(cause.getMessage());
                return said.startsWith("sidecar.") ? said : prefix + "." + said;
            }
        }
        return prefix + ": " + failure.getMessage();
    }

    private static String decapitalized(String sentence) {
        return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1).replaceFirst("\\.$", "");
    }
}
