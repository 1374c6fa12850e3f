package dev.sidecar.server.security;

import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.server.AppProperties;
import dev.sidecar.server.api.ApiProperties;
import dev.sidecar.server.listener.Listeners;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The gate and its rules, in the order in which they are asked. */
@Configuration(proxyBeanMethods = false)
public class SecurityConfiguration {

    /** After the listeners: a second sidecar of the same name must fail before it overwrites the file of the first. */
    @Bean
    ApiToken apiToken(ApiProperties api, AppProperties app, SidecarHome home, Listeners checked) {
        return ApiToken.publish(api.token(), TokenFile.of(home, app.name(), api.socket()));
    }

    @Bean
    Gate gate(ApiProperties api, ApiToken token, Listeners listeners) {
        return new Gate(
                listeners,
                List.of(
                        new HostRule(api.hosts(), listeners),
                        new OriginRule(api.hosts()),
                        new PathRule(),
                        new TokenRule(token)));
    }

    @Bean
    BodyLimitFilter bodyLimitFilter(ApiProperties api) {
        return new BodyLimitFilter(api.maxBodySize().toBytes());
    }
}
