package dev.sidecar.autoconfigure.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import dev.sidecar.Sidecar;
import dev.sidecar.autoconfigure.Failures;
import dev.sidecar.autoconfigure.SidecarAutoConfiguration;
import dev.sidecar.logging.LogQuery;
import dev.sidecar.logging.LogRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class LoggingAutoConfigurationTest {

    private static final Logger log = LoggerFactory.getLogger("shop.Orders");

    @TempDir
    Path home;

    private final List<ConfigurableApplicationContext> started = new ArrayList<>();
    private ApplicationContextRunner runner;

    @BeforeEach
    void setUp() {
        runner = new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(SidecarAutoConfiguration.class, LoggingAutoConfiguration.class))
                .withPropertyValues("sidecar.home=" + home, "spring.application.name=orders");
    }

    @AfterEach
    void everythingIsAsItWas() {
        for (int i = started.size() - 1; i >= 0; i--) {
            started.get(i).close();
        }
        assertThat(pipelines()).isEmpty();
        assertThat(appenders()).hasAtLeastOneElementOfType(ConsoleAppender.class);
    }

    @Test
    void feedsThePipelineWithTheApplicationsRecords() {
        runner.run(context -> {
            log.atInfo().addKeyValue("order", 42).log("paid");

            LogRecord record = awaitRecord(context.getBean(Sidecar.class), "paid");
            assertThat(record.attributes()).containsEntry("order", 42);
            assertThat(record.resource()).containsEntry("service.name", "orders");
        });
    }

    @Test
    void isNotThereWhenSidecarIsDisabled() {
        runner.withPropertyValues("sidecar.enabled=false")
                .run(context -> assertThat(pipelines()).isEmpty());
    }

    @Test
    void isNotThereWhenLoggingIsDisabled() {
        runner.withPropertyValues("sidecar.logging.enabled=false").run(context -> {
            assertThat(context).hasSingleBean(Sidecar.class);
            assertThat(pipelines()).isEmpty();
        });
    }

    @Test
    void isNotThereInTheSidecarItself() {
        runner.withPropertyValues("sidecar.spring.enabled=false")
                .run(context -> assertThat(pipelines()).isEmpty());
    }

    @Test
    void isNotThereWithoutLogback() {
        runner.withClassLoader(new FilteredClassLoader(LoggerContext.class)).run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean("sidecarLogbackPipeline");
            assertThat(pipelines()).isEmpty();
        });
    }

    @Test
    void refusesASizeThatCannotWork() {
        runner.withPropertyValues("sidecar.logging.queue.size=0")
                .run(context -> assertThat(Failures.describe(context.getStartupFailure()))
                        .contains("sidecar.logging.queue.size", "0", "1 or more"));
    }

    @Test
    void refusesAPolicyThatIsNone() {
        runner.withPropertyValues("sidecar.logging.queue.when-full=explode")
                .run(context -> assertThat(Failures.describe(context.getStartupFailure()))
                        .contains("sidecar.logging.queue.when-full", "explode", "DROP_OLDEST"));
    }

    @Test
    void printsRedactedInPlaceOfTheConsole(CapturedOutput output) {
        ConfigurableApplicationContext context = start("orders");
        assertThat(appenders()).noneMatch(ConsoleAppender.class::isInstance);

        log.atInfo().addKeyValue("password", "hunter2").log("signed in");

        await().untilAsserted(() -> assertThat(output).contains("signed in"));
        assertThat(output).doesNotContain("hunter2");
        assertThat(context.getBean(Sidecar.class).logs().recent(LogQuery.LATEST))
                .anySatisfy(record -> assertThat(record.body()).isEqualTo("signed in"));
    }

    @Test
    void hearsWhatBeansSayWhileTheyAreMade(CapturedOutput output) {
        start("orders", Talkative.class);

        await().untilAsserted(() -> assertThat(output).contains("here I am"));
        assertThat(output).doesNotContain("hunter2").doesNotContain("is not eligible for getting processed");
    }

    @Test
    void leavesTheConsoleWhenThePipelineDoesNotPrint(CapturedOutput output) {
        start("orders", "--sidecar.logging.console.enabled=false");

        log.info("still there");

        assertThat(output).containsOnlyOnce("still there");
        assertThat(appenders()).hasAtLeastOneElementOfType(ConsoleAppender.class);
    }

    @Test
    void givesTheConsoleBackWhenTheApplicationEnds(CapturedOutput output) {
        start("orders").close();

        log.info("after the end");

        assertThat(output).containsOnlyOnce("after the end");
    }

    @Test
    void givesTheConsoleBackWhenTheApplicationDoesNotStart(CapturedOutput output) {
        try {
            start("orders", Broken.class);
        } catch (RuntimeException e) {
            assertThat(e).hasRootCauseMessage("broken on purpose");
        }
        assertThat(output).contains("Application run failed");
        assertThat(pipelines()).isEmpty();
    }

    @Test
    void printsOnceWithTwoApplicationsInOneProcess(CapturedOutput output) {
        ConfigurableApplicationContext first = start("orders");
        ConfigurableApplicationContext second = start("billing");

        log.info("to the newest");
        awaitRecord(second.getBean(Sidecar.class), "to the newest");
        await().untilAsserted(() -> assertThat(output).containsOnlyOnce("to the newest"));

        second.close();
        log.info("to the older");
        awaitRecord(first.getBean(Sidecar.class), "to the older");
        await().untilAsserted(() -> assertThat(output).containsOnlyOnce("to the older"));
    }

    @Test
    void survivesThatAnotherApplicationConfiguresLoggingAnew(CapturedOutput output) {
        ConfigurableApplicationContext first = start("orders");
        // Its end makes the next start configure Logback again, which drops every appender.
        start("billing", "--sidecar.enabled=false").close();
        start("shipping", "--sidecar.enabled=false");

        log.info("not lost");

        awaitRecord(first.getBean(Sidecar.class), "not lost");
        await().untilAsserted(() -> assertThat(output).containsOnlyOnce("not lost"));
    }

    @Test
    void printsOwnTroubleAsideSoThatItDoesNotComeBack(CapturedOutput output) {
        ConfigurableApplicationContext context = start("orders");

        LoggerFactory.getLogger("dev.sidecar.logging.FileSink").warn("disk full");

        assertThat(output).containsOnlyOnce("disk full");
        assertThat(context.getBean(Sidecar.class).logs().recent(LogQuery.LATEST))
                .noneSatisfy(record -> assertThat(record.body()).isEqualTo("disk full"));
    }

    private ConfigurableApplicationContext start(String name, String... arguments) {
        return start(name, Nothing.class, arguments);
    }

    private ConfigurableApplicationContext start(String name, Class<?> configuration, String... arguments) {
        SpringApplication application = new SpringApplication(App.class, configuration);
        application.setWebApplicationType(WebApplicationType.NONE);
        String[] all = new String[arguments.length + 2];
        all[0] = "--spring.application.name=" + name;
        all[1] = "--sidecar.home=" + home;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        ConfigurableApplicationContext context = application.run(all);
        started.add(context);
        return context;
    }

    private static LogRecord awaitRecord(Sidecar sidecar, String body) {
        return await().until(
                        () -> sidecar.logs().recent(LogQuery.LATEST).stream()
                                .filter(record -> body.equals(record.body()))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    private static List<Appender<ILoggingEvent>> appenders() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
        context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders().forEachRemaining(appenders::add);
        return appenders;
    }

    private static List<Appender<ILoggingEvent>> pipelines() {
        return appenders().stream().filter(SidecarAppender.class::isInstance).toList();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({SidecarAutoConfiguration.class, LoggingAutoConfiguration.class})
    static class App {}

    @Configuration(proxyBeanMethods = false)
    static class Nothing {}

    @Configuration(proxyBeanMethods = false)
    static class Talkative {
        @Bean
        Object talkative() {
            log.atInfo().addKeyValue("password", "hunter2").log("here I am");
            return new Object();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Broken {
        @Bean
        Object broken() {
            throw new IllegalStateException("broken on purpose");
        }
    }
}
