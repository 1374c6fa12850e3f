package dev.sidecar.server.edge;

import dev.sidecar.server.edge.apply.Candidate;
import dev.sidecar.server.edge.input.Model;
import dev.sidecar.server.edge.input.Server;
import dev.sidecar.server.edge.input.World;
import dev.sidecar.server.edge.template.TemplateProblem;
import dev.sidecar.server.edge.template.Templates;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes one proxy's candidate from the world. */
final class Renderer {

    private final String name;
    private final ProxyProperties properties;
    private final Path runtimeSocket;
    private @Nullable Templates templates;

    /** @param runtimeSocket that the built-in HAProxy template opens */
    Renderer(String name, ProxyProperties properties, Path runtimeSocket) {
        this.name = name;
        this.properties = properties;
        this.runtimeSocket = runtimeSocket;
    }

    Candidate render(World world, Map<String, List<Server>> servers) throws TemplateProblem {
        Templates engine = templates;
        if (engine == null) {
            engine = properties.builtin()
                    ? Templates.builtin(builtin())
                    : Templates.file(Path.of(properties.template()));
            templates = engine;
        }
        return Candidate.of(engine.render(Model.of(world, servers, settings())), servers);
    }

    /** Files of the user's that the last renderings read. */
    Set<Path> read() {
        return templates == null ? Set.of() : templates.read();
    }

    private String builtin() {
        return properties.driver() == ProxyProperties.DriverType.HAPROXY ? "haproxy" : "nginx";
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("proxy", name);
        settings.put("generation", Candidate.PLACEHOLDER);
        settings.put("listen", addresses(properties.listen()));
        settings.put("serverNames", properties.serverNames());
        settings.put("tls", tls(properties.tls()));
        settings.put(
                "staticFiles",
                properties.staticFiles().stream().map(Renderer::directory).toList());
        settings.put("status", properties.status());
        settings.put("runtimeSocket", runtimeSocket.toString());
        settings.put("drainSeconds", Math.max(1, properties.drain().toSeconds()));
        return settings;
    }

    private List<String> addresses(List<String> given) {
        boolean portAlone = properties.driver() == ProxyProperties.DriverType.NGINX;
        return given.stream()
                .map(address -> portAlone || !address.matches("\\d+") ? address : "*:" + address)
                .toList();
    }

    private @Nullable Map<String, Object> tls(ProxyProperties.@Nullable Tls tls) {
        if (tls == null) {
            return null;
        }
        Path key = tls.key() == null ? tls.certificate() : tls.key();
        return Map.of(
                "certificate", tls.certificate().toAbsolutePath().toString(),
                "key", key.toAbsolutePath().toString(),
                "listen", addresses(tls.listen()));
    }

    private static Map<String, String> directory(ProxyProperties.StaticFiles files) {
        return Map.of(
                "path",
                files.path().replaceAll("/+$", ""),
                "root",
                files.root().toAbsolutePath().normalize() + "/");
    }
}
