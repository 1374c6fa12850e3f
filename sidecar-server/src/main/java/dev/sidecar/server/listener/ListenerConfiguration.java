package dev.sidecar.server.listener;

import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.runtime.Threads;
import dev.sidecar.server.AppProperties;
import dev.sidecar.server.api.ApiProperties;
import dev.sidecar.server.ops.OpsProperties;
import dev.sidecar.server.problem.ProblemReportValve;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Valve;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.threads.TaskQueue;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One Tomcat, three listeners, one small pool of threads for all of them. */
@Configuration(proxyBeanMethods = false)
public class ListenerConfiguration {

    private static final int MAX_THREADS = 16;

    @Bean
    Listeners listeners(ApiProperties api, OpsProperties ops, AppProperties app, SidecarHome home) {
        return new Listeners(api, ops, app, home);
    }

    @Bean(destroyMethod = "shutdownNow")
    ThreadPoolExecutor httpThreads() {
        AtomicInteger number = new AtomicInteger();
        TaskQueue queue = new TaskQueue();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                1,
                MAX_THREADS,
                60,
                TimeUnit.SECONDS,
                queue,
                work -> Threads.named("http-" + number.incrementAndGet(), work));
        queue.setParent(threads);
        return threads;
    }

    @Bean
    ServletWebServerFactory webServerFactory(Listeners listeners, Valve gate, ThreadPoolExecutor httpThreads) {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory() {
            @Override
            protected TomcatWebServer getTomcatWebServer(Tomcat tomcat) {
                ((StandardHost) tomcat.getHost()).setErrorReportValveClass(ProblemReportValve.class.getName());
                tomcat.getServer().setUtilityThreads(1);
                return super.getTomcatWebServer(tomcat);
            }
        };
        factory.addConnectorCustomizers(connector -> listeners.configureApi(connector, httpThreads));
        factory.addAdditionalConnectors(listeners.configureSocket(httpThreads), listeners.configureOps(httpThreads));
        factory.addEngineValves(gate);
        factory.setDisableMBeanRegistry(true);
        // Nothing here has sessions or reloads; Tomcat need not look every ten seconds.
        factory.setBackgroundProcessorDelay(-1);
        return factory;
    }
}
