package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.tls.TlsReloading;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The threads that the proxies of this process share, where there is a proxy, and who looks after their files. */
@Configuration(proxyBeanMethods = false)
public class ProxyConfiguration {

    @Bean(destroyMethod = "close")
    @Conditional(ProxyConfiguration.AnyProxy.class)
    EventLoops eventLoops() {
        return new EventLoops(EventLoops.defaultThreads());
    }

    @Bean(destroyMethod = "close")
    TlsReloading tlsReloading() {
        return new TlsReloading();
    }

    static final class AnyProxy extends AnyNestedCondition {
        AnyProxy() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty("sidecar.ambassador.port")
        static final class WithAmbassador {}

        @ConditionalOnProperty("sidecar.offload.port")
        static final class WithOffload {}
    }
}
