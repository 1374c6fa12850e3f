package dev.sidecar.server.edge.input;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All inputs at one moment.
 *
 * @param config values of the config store by key
 * @param environment variables by name
 * @param files contents by name
 * @param others the states of the inputs that are not services
 */
public record World(
        List<ServiceRead> services,
        Map<String, Object> config,
        Map<String, String> environment,
        Map<String, String> files,
        List<InputState> others) {

    public List<InputState> inputs() {
        return Stream.concat(services.stream().map(ServiceRead::state), others.stream())
                .toList();
    }
}
