package dev.sidecar.server.edge.input;

import dev.sidecar.Sidecar;
import dev.sidecar.Subscription;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything one proxy's configuration is made from. Thread-safe. */
public final class Inputs {

    private final List<ServiceInput> services;
    private final List<ConfigInput> config;
    private final List<FileInput> files;
    private final Map<String, String> environment;

    /**
     * @param config keys of the config store, each for itself and all below it
     * @param environment the variables that a template may see, with their values
     * @param files by the names a template uses
     */
    public Inputs(
            Sidecar sidecar,
            List<String> services,
            List<String> config,
            Map<String, String> environment,
            Map<String, Path> files) {
        this.services = services.stream()
                .map(service -> new ServiceInput(sidecar.discovery(), service))
                .toList();
        this.config = config.stream()
                .map(key -> new ConfigInput(sidecar.config(), key))
                .toList();
        this.files = files.entrySet().stream()
                .map(entry -> new FileInput(entry.getKey(), entry.getValue()))
                .toList();
        this.environment = new TreeMap<>(environment);
    }

    /** Calls when something may have changed, and once for each subscription at the beginning. */
    public Subscription watch(Runnable changed) {
        List<Subscription> subscriptions = new ArrayList<>();
        services.forEach(service -> subscriptions.add(service.watch(changed)));
        config.forEach(key -> subscriptions.add(key.watch(changed)));
        return () -> subscriptions.forEach(Subscription::close);
    }

    /**
     * Differs when one of the files does.
     *
     * @param more files that matter beside the inputs
     */
    public String stamp(Collection<Path> more) {
        return Stream.concat(files.stream().map(FileInput::file), more.stream().sorted())
                .map(FileInput::stamp)
                .collect(Collectors.joining("|"));
    }

    public World read() {
        Map<String, String> contents = new TreeMap<>();
        List<InputState> others = new ArrayList<>();
        for (FileInput file : files) {
            String content = file.read();
            if (content != null) {
                contents.put(file.state().name(), content);
            }
            others.add(file.state());
        }
        Map<String, Object> values = new TreeMap<>();
        for (ConfigInput key : config) {
            values.putAll(key.read());
            others.add(key.state());
        }
        environment.keySet().forEach(name -> others.add(new InputState("environment", name, Instant.now(), null)));
        return new World(services.stream().map(ServiceInput::read).toList(), values, environment, contents, others);
    }
}
