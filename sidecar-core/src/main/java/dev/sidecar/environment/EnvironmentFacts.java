package dev.sidecar.environment;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who the application is and where it runs.
 *
 * @param host the machine, whose limits are not the container's
 * @param container what encloses the application; null where not even a control group can be seen
 * @param kubernetes null outside of it
 * @param process the application; null where it is not known
 * @param variables of the application's environment by name, secrets hidden
 */
public record EnvironmentFacts(
        HostFacts host,
        OsFacts os,
        @Nullable ContainerFacts container,
        @Nullable KubernetesFacts kubernetes,
        TimeZoneFacts timeZone,
        UserFacts user,
        @Nullable ProcessFacts process,
        Map<String, String> variables) {

    public EnvironmentFacts {
        variables = new TreeMap<>(variables);
    }
}
