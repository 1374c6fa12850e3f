package dev.sidecar.autoconfigure.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.LocalSidecar;
import dev.sidecar.Sidecar;
import dev.sidecar.autoconfigure.Failures;
import dev.sidecar.autoconfigure.SidecarAutoConfiguration;
import dev.sidecar.config.ConfigCondition;
import dev.sidecar.config.ConfigOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.autoconfigure.ConfigurationPropertiesRebinderAutoConfiguration;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConfigAutoConfigurationTest {

    @TempDir
    Path home;

    private ApplicationContextRunner runner;

    @BeforeEach
    void setUp() {
        runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        PropertyPlaceholderAutoConfiguration.class,
                        ConfigurationPropertiesAutoConfiguration.class,
                        RefreshAutoConfiguration.class,
                        ConfigurationPropertiesRebinderAutoConfiguration.class,
                        SidecarAutoConfiguration.class,
                        ConfigAutoConfiguration.class))
                .withPropertyValues("sidecar.home=" + home, "spring.application.name=orders");
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static void put(Sidecar sidecar, String key, String json) {
        sidecar.config().put(key, json(json), ConfigCondition.any());
    }

    /** What an application does with its configuration. */
    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(Limits.class)
    static class App {

        final List<Set<String>> told = new CopyOnWriteArrayList<>();

        @Bean
        @RefreshScope
        Greeter greeter(@Value("${orders.greeting:hello}") String greeting) {
            return new Greeter(greeting);
        }

        @EventListener
        void changed(EnvironmentChangeEvent event) {
            told.add(event.getKeys());
        }
    }

    static class Greeter {

        private final String greeting;

        Greeter(String greeting) {
            this.greeting = greeting;
        }

        String greeting() {
            return greeting;
        }
    }

    @ConfigurationProperties("orders.limits")
    static class Limits {

        private int most = 1;
        private List<String> names = List.of();

        public int getMost() {
            return most;
        }

        public void setMost(int most) {
            this.most = most;
        }

        public List<String> getNames() {
            return names;
        }

        public void setNames(List<String> names) {
            this.names = names;
        }
    }

    @Test
    void givesBeansWhatTheStoreHas() {
        runner.run(context -> {
            put(context.getBean(Sidecar.class), "orders.greeting", "\"good day\"");
            put(context.getBean(Sidecar.class), "orders.limits", "{\"most\":7,\"names\":[\"a\",\"b\"]}");
        });
        runner.withUserConfiguration(App.class).run(context -> {
            assertThat(context.getBean(Greeter.class).greeting()).isEqualTo("good day");
            assertThat(context.getBean(Limits.class).getMost()).isEqualTo(7);
            assertThat(context.getBean(Limits.class).getNames()).containsExactly("a", "b");
        });
    }

    @Test
    void refreshesBeansWhenANeighbourChangesAValue() {
        runner.run(neighbour -> runner.withUserConfiguration(App.class).run(context -> {
            Greeter greeter = context.getBean(Greeter.class);
            Limits limits = context.getBean(Limits.class);
            assertThat(greeter.greeting()).isEqualTo("hello");
            put(neighbour.getBean(Sidecar.class), "orders.greeting", "\"good day\"");
            put(neighbour.getBean(Sidecar.class), "orders.limits.most", "7");
            await().untilAsserted(() -> {
                assertThat(greeter.greeting()).isEqualTo("good day");
                assertThat(limits.getMost()).isEqualTo(7);
            });
            assertThat(context.getBean(App.class).told)
                    .anySatisfy(names -> assertThat(names).contains("orders.greeting"));
            neighbour.getBean(Sidecar.class).config().delete("orders.greeting", ConfigCondition.any());
            await().untilAsserted(() -> assertThat(greeter.greeting()).isEqualTo("hello"));
        }));
    }

    @Test
    void goesOnAfterAValueThatDoesNotFit() {
        runner.withUserConfiguration(App.class).run(context -> {
            Sidecar sidecar = context.getBean(Sidecar.class);
            put(sidecar, "orders.limits.most", "\"many\"");
            put(sidecar, "orders.greeting", "\"good day\"");
            await().untilAsserted(() ->
                    assertThat(context.getBean(Greeter.class).greeting()).isEqualTo("good day"));
            assertThat(context.getBean(Limits.class).getMost()).isEqualTo(1);
            put(sidecar, "orders.limits.most", "7");
            await().untilAsserted(() ->
                    assertThat(context.getBean(Limits.class).getMost()).isEqualTo(7));
        });
    }

    @Test
    void saysWhichVersionOfTheStoreDoesNotFit() {
        runner.run(context -> put(context.getBean(Sidecar.class), "orders.limits.most", "\"many\""));
        runner.withUserConfiguration(App.class)
                .run(context -> assertThat(Failures.describe(context.getStartupFailure()))
                        .contains("orders.limits.most", "many", "Sidecar's configuration: store, version 1"));
    }

    @Test
    void ranksTheLayersAsEverywhere() throws Exception {
        Path file = Files.writeString(home.resolve("a.yml"), "orders: {c: file, d: file}");
        runner.withPropertyValues(
                        "sidecar.config.defaults.orders.a=default",
                        "sidecar.config.defaults.orders.b=default",
                        "sidecar.config.defaults.application=default",
                        "application=own",
                        "sidecar.config.values.orders.b=value",
                        "sidecar.config.values.orders.c=value",
                        "sidecar.config.files=" + file)
                .run(context -> {
                    put(context.getBean(Sidecar.class), "orders.d", "\"store\"");
                    await().untilAsserted(() -> assertThat(List.of(
                                    context.getEnvironment().getProperty("orders.a", ""),
                                    context.getEnvironment().getProperty("orders.b", ""),
                                    context.getEnvironment().getProperty("orders.c", ""),
                                    context.getEnvironment().getProperty("orders.d", ""),
                                    context.getEnvironment().getProperty("application", "")))
                            .containsExactly("default", "value", "file", "store", "own"));
                    assertThat(context.getBean(Sidecar.class)
                                    .config()
                                    .entries("orders")
                                    .entries())
                            .extracting(entry -> entry.key() + " " + entry.origin())
                            .containsExactly(
                                    "orders.a default",
                                    "orders.b sidecar.yml",
                                    "orders.c file:" + file,
                                    "orders.d store");
                });
    }

    @Test
    void seesAFileThatChanges() throws Exception {
        Path file = Files.writeString(home.resolve("a.properties"), "orders.greeting=one");
        runner.withUserConfiguration(App.class)
                .withPropertyValues("sidecar.config.files[0]=" + file)
                .run(context -> {
                    assertThat(context.getBean(Greeter.class).greeting()).isEqualTo("one");
                    Files.writeString(file, "orders.greeting=two");
                    await().untilAsserted(() -> assertThat(
                                    context.getBean(Greeter.class).greeting())
                            .isEqualTo("two"));
                });
    }

    @Test
    void keepsPropertiesOfSidecarItselfOut() {
        runner.run(context -> {
            put(context.getBean(Sidecar.class), "sidecar.name", "\"other\"");
            put(context.getBean(Sidecar.class), "orders.greeting", "\"seen\"");
            await().untilAsserted(() -> assertThat(context.getEnvironment().getProperty("orders.greeting"))
                    .isEqualTo("seen"));
            assertThat(context.getEnvironment().containsProperty("sidecar.name"))
                    .isFalse();
        });
    }

    @Test
    void rendersFilesOfTheValues() throws Exception {
        Path file = home.resolve("orders.properties");
        runner.withPropertyValues(
                        "sidecar.config.values.orders.limit=1",
                        "sidecar.config.render[0].destination=" + file,
                        "sidecar.config.render[0].prefix=orders")
                .run(context -> {
                    assertThat(file).hasContent("orders.limit=1");
                    put(context.getBean(Sidecar.class), "orders.limit", "2");
                    await().untilAsserted(() -> assertThat(file).hasContent("orders.limit=2"));
                });
    }

    @Test
    void leavesNothingWhenDisabled() {
        runner.withPropertyValues("sidecar.config.enabled=false").run(context -> {
            assertThat(context).hasSingleBean(LocalSidecar.class);
            assertThat(context)
                    .doesNotHaveBean(ValuesInEnvironment.class)
                    .doesNotHaveBean(ConfigRefresh.class)
                    .doesNotHaveBean(CloudRefresh.class)
                    .doesNotHaveBean(LibraryRendering.class);
            assertThat(context.getEnvironment().getPropertySources().contains(ValuesInEnvironment.STORE))
                    .isFalse();
            assertThat(home.resolve("config")).doesNotExist();
        });
    }

    @Test
    void worksWithoutSpringCloud() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(SidecarAutoConfiguration.class, ConfigAutoConfiguration.class))
                .withPropertyValues("sidecar.home=" + home)
                .withClassLoader(new FilteredClassLoader("org.springframework.cloud"))
                .run(context -> {
                    put(context.getBean(Sidecar.class), "orders.greeting", "\"seen\"");
                    await().untilAsserted(
                                    () -> assertThat(context.getEnvironment().getProperty("orders.greeting"))
                                            .isEqualTo("seen"));
                });
    }

    @Test
    void givesWayToTheUsersOptions() {
        runner.withBean(ConfigOptions.class, ConfigOptions::defaults)
                .withPropertyValues("sidecar.config.values.orders.greeting=unseen")
                .run(context -> assertThat(context.getEnvironment().containsProperty("orders.greeting"))
                        .isFalse());
    }

    @Test
    void explainsABadProperty() {
        runner.withPropertyValues("sidecar.config.files[0]=/tmp/a.toml", "sidecar.config.store=redis")
                .run(context -> assertThat(Failures.describe(context.getStartupFailure()))
                        .contains("sidecar.config.store", "redis"));
        runner.withPropertyValues("sidecar.config.render[0].destination=" + home.resolve("a.txt"))
                .run(context -> assertThat(Failures.describe(context.getStartupFailure()))
                        .contains("sidecar.config.render[0].format", "properties, json"));
        runner.withPropertyValues(
                        "sidecar.config.render[0].destination=" + home.resolve("a.json"),
                        "sidecar.config.render[0].mode=416")
                .run(context -> assertThat(Failures.describe(context.getStartupFailure()))
                        .contains("sidecar.config.render[0].mode", "416", "0640"));
    }
}
