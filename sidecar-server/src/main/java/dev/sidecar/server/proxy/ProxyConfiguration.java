package dev.sidecar.server.proxy;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The threads that the proxies of this process share, where there is a proxy. */
@Configuration(proxyBeanMethods = false)
@Conditional(ProxyConfiguration.AnyProxy.class)
public class ProxyConfiguration {

    @Bean(destroyMethod = "close")
    EventLoops eventLoops() {
        return new EventLoops(EventLoops.defaultThreads());
    }

    static final class AnyProxy extends AnyNestedCondition {
        AnyProxy() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @ConditionalOnProperty("sidecar.ambassador.port")
        static final class WithAmbassador {}

        @ConditionalOnProperty("sidecar.offload.port")
        static final class WithOffload {}
    }
}
