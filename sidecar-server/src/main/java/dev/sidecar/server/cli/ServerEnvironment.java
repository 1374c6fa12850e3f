package dev.sidecar.server.cli;

import dev.sidecar.server.supervisor.Inheritance;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.web.context.support.StandardServletEnvironment;

/**
 * The environment variables as this process may take them. It shares them with the application, so what configures
 * Spring ({@code SERVER_PORT}, {@code SPRING_…}) is meant for that one, and what an outer sidecar set is not meant for
 * this one.
 */
final class ServerEnvironment extends StandardServletEnvironment {

    private static final Pattern NOT_OURS = Pattern.compile("(SPRING|SERVER|MANAGEMENT|LOGGING)_.*|DEBUG|TRACE");

    @Override
    protected void customizePropertySources(MutablePropertySources sources) {
        Map<String, Object> variables = new HashMap<>();
        Inheritance.withoutInherited(System.getenv()).forEach((name, value) -> {
            if (!NOT_OURS.matcher(name).matches()) {
                variables.put(name, value);
            }
        });
        sources.addLast(new PropertiesPropertySource(SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, System.getProperties()));
        sources.addLast(new SystemEnvironmentPropertySource(SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    }
}
