package dev.sidecar.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.Delivery;
import dev.sidecar.Identity;
import dev.sidecar.LocalSidecar;
import dev.sidecar.Sidecar;
import dev.sidecar.autoconfigure.discovery.DiscoveryAutoConfiguration;
import dev.sidecar.autoconfigure.health.HealthAutoConfiguration;
import dev.sidecar.autoconfigure.logging.LoggingAutoConfiguration;
import dev.sidecar.client.RemoteSidecar;
import dev.sidecar.logging.LoggingOptions;
import dev.sidecar.runtime.SidecarHome;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class SidecarAutoConfigurationTest {

    @TempDir
    Path home;

    private ApplicationContextRunner runner;

    @BeforeEach
    void setUp() {
        runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        SidecarAutoConfiguration.class,
                        LoggingAutoConfiguration.class,
                        DiscoveryAutoConfiguration.class,
                        HealthAutoConfiguration.class))
                .withPropertyValues(
                        "sidecar.home=" + home, "sidecar.spring.enabled=false", "spring.application.name=orders");
    }

    @Test
    void isTheLibraryByDefault() {
        runner.run(context -> {
            assertThat(context).hasSingleBean(Sidecar.class).hasSingleBean(LocalSidecar.class);
            assertThat(context.getBean(Sidecar.class).info().delivery()).isEqualTo(Delivery.LIBRARY);
            assertThat(context.getBean(SidecarHome.class).path()).isEqualTo(home);
        });
    }

    @Test
    void isNotThereWhenDisabled() {
        runner.withPropertyValues("sidecar.enabled=false").run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(Sidecar.class).doesNotHaveBean(Identity.class);
            assertThat(context.getBeanNamesForType(LoggingOptions.class)).isEmpty();
            assertThat(home).isEmptyDirectory();
        });
    }

    @Test
    void givesWayToTheUsersSidecar() {
        runner.withUserConfiguration(OwnSidecar.class).run(context -> assertThat(context)
                .hasSingleBean(Sidecar.class)
                .doesNotHaveBean("localSidecar")
                .hasBean("own"));
    }

    @Test
    void givesWayToTheUsersOptions() {
        runner.withUserConfiguration(OwnLogging.class).run(context -> assertThat(context)
                .hasSingleBean(LoggingOptions.class)
                .doesNotHaveBean("sidecarLoggingOptions"));
    }

    @Test
    void takesItsNameFromTheApplication() {
        runner.run(context -> {
            Identity identity = context.getBean(Identity.class);
            assertThat(identity.name()).isEqualTo("orders");
            assertThat(identity.instance())
                    .isEqualTo(identity.host() + "-" + ProcessHandle.current().pid());
        });
    }

    @Test
    void takesTheNameThatSidecarRunGaveIt() {
        runner.withPropertyValues("sidecar.app.name=shop", "sidecar.app.instance=shop-7")
                .run(context -> assertThat(context.getBean(Identity.class))
                        .extracting(Identity::name, Identity::instance)
                        .containsExactly("shop", "shop-7"));
    }

    @Test
    void refusesANameThatIsNone() {
        runner.withPropertyValues("sidecar.app.name=my shop")
                .run(context -> assertThat(Failures.describe(context.getStartupFailure()))
                        .contains("sidecar.app.name", "'my shop'", "use 1 to 128 letters"));
    }

    @Test
    void expandsTheTildeOfHome() {
        assertThat(HomeDirectory.of("~/.sidecar").path())
                .isEqualTo(Path.of(System.getProperty("user.home"), ".sidecar"));
    }

    @Test
    void refusesADeliveryThatIsNone() {
        runner.withPropertyValues("sidecar.delivery=daemon")
                .run(context -> assertThat(Failures.describe(context.getStartupFailure()))
                        .contains("sidecar.delivery", "daemon", "LIBRARY", "SIDECAR"));
    }

    @Test
    void saysWhatToDoWhenThereIsNoSidecarToBeFound() {
        runner.withPropertyValues("sidecar.delivery=sidecar")
                .run(context -> assertThat(Failures.describe(context.getStartupFailure()))
                        .contains("sidecar.endpoint", "SIDECAR_URL", "./sidecar run", "sidecar.delivery=library"));
    }

    @Test
    void refusesAnEndpointThatIsNone() {
        runner.withPropertyValues("sidecar.delivery=sidecar", "sidecar.endpoint=localhost")
                .run(context -> assertThat(Failures.describe(context.getStartupFailure()))
                        .contains("sidecar.endpoint", "'localhost'", "http://127.0.0.1:7300"));
    }

    @Test
    void startsWithoutItsSidecar() {
        runner.withPropertyValues("sidecar.delivery=sidecar", "sidecar.endpoint=http://127.0.0.1:1")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(RemoteSidecar.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnSidecar {
        @Bean
        Sidecar own(Identity identity, SidecarHome home, SidecarMeters meters) {
            return LocalSidecar.start(
                    new dev.sidecar.LocalContext(identity, home, meters.registry()),
                    dev.sidecar.SidecarOptions.defaults());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnLogging {
        @Bean
        LoggingOptions own() {
            return LoggingOptions.defaults();
        }
    }
}
