package dev.sidecar.server.edge;

import dev.sidecar.server.StartupProblem;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sidecar.edge.*}: managed proxies, by the names they have on the API.
 *
 * @param edge Proxies by name.
 */
@ConfigurationProperties("sidecar")
public record EdgeProperties(@DefaultValue Map<String, ProxyProperties> edge) {

    /**
     * Looks at every proxy without making any, and at no file: another machine may have others.
     *
     * @throws StartupProblem naming the property
     */
    public void check() {
        edge.forEach(ProxyFactory::check);
    }
}
