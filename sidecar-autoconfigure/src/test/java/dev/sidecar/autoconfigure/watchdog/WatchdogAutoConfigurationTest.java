package dev.sidecar.autoconfigure.watchdog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Sidecar;
import dev.sidecar.SidecarException;
import dev.sidecar.autoconfigure.Failures;
import dev.sidecar.autoconfigure.SidecarAutoConfiguration;
import dev.sidecar.watchdog.Cause;
import dev.sidecar.watchdog.Ceiling;
import dev.sidecar.watchdog.WatchdogAction;
import dev.sidecar.watchdog.WatchdogOptions;
import dev.sidecar.watchdog.WatchdogState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

class WatchdogAutoConfigurationTest {

    @TempDir
    Path home;

    private ApplicationContextRunner runner;

    @BeforeEach
    void setUp() {
        runner = new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(SidecarAutoConfiguration.class, WatchdogAutoConfiguration.class))
                .withPropertyValues("sidecar.home=" + home, "sidecar.logging.console.enabled=false");
    }

    @Test
    void watchesThisProcessFromInside() {
        runner.run(context -> {
            assertThat(context.getBean(Sidecar.class).watchdog().report().state())
                    .isEqualTo(WatchdogState.WATCHING);
            assertThat(context.getBean(Sidecar.class).watchdog().report().app().pid())
                    .isEqualTo(ProcessHandle.current().pid());
        });
    }

    @Test
    void takesEveryProperty() {
        runner.withPropertyValues(
                        "sidecar.watchdog.heartbeat=10s",
                        "sidecar.watchdog.start-period=1m",
                        "sidecar.watchdog.memory.max=512MB",
                        "sidecar.watchdog.memory.for=1m",
                        "sidecar.watchdog.fds.max=1000",
                        "sidecar.watchdog.cpu.max=1.5",
                        "sidecar.watchdog.heap.max=0.9",
                        "sidecar.watchdog.gc.max=0.5",
                        "sidecar.watchdog.deadlocks=true",
                        "sidecar.watchdog.action=log",
                        "sidecar.watchdog.evidence=jstack,{pid}")
                .run(context -> {
                    WatchdogOptions options = context.getBean(WatchdogOptions.class);
                    assertThat(options.heartbeat()).isEqualTo(Duration.ofSeconds(10));
                    assertThat(options.startPeriod()).isEqualTo(Duration.ofMinutes(1));
                    assertThat(options.ceilings())
                            .containsEntry(Cause.MEMORY, new Ceiling(512L << 20, Duration.ofMinutes(1)))
                            .containsEntry(Cause.FDS, new Ceiling(1000, Duration.ofSeconds(30)))
                            .containsEntry(Cause.CPU, new Ceiling(1.5, Duration.ofSeconds(30)))
                            .containsEntry(Cause.HEAP, new Ceiling(0.9, Duration.ofSeconds(30)))
                            .containsEntry(Cause.GC, new Ceiling(0.5, Duration.ofSeconds(30)));
                    assertThat(options.deadlocks()).isTrue();
                    assertThat(options.action()).isEqualTo(WatchdogAction.LOG);
                    assertThat(options.evidence()).containsExactly("jstack", "{pid}");
                });
    }

    @Test
    void watchesExecutorsByTheNamesOfTheirBeansWhereItIsWished() {
        runner.withUserConfiguration(OneThread.class)
                .withPropertyValues("sidecar.watchdog.stall=100ms", "sidecar.watchdog.action=log")
                .run(context -> {
                    CountDownLatch blocked = new CountDownLatch(1);
                    context.getBean(ThreadPoolTaskExecutor.class).execute(() -> hold(blocked));
                    Sidecar sidecar = context.getBean(Sidecar.class);

                    await().until(() -> sidecar.watchdog().report().events().stream()
                            .anyMatch(event -> event.cause() == Cause.STALL
                                    && event.detail().startsWith("orders ")));
                    blocked.countDown();
                });
    }

    @Test
    void isNotThereWhenItIsSwitchedOff() {
        runner.withPropertyValues("sidecar.watchdog.enabled=false", "sidecar.watchdog.heartbeat=100ms")
                .run(context -> {
                    assertThat(context).doesNotHaveBean(InsideWatch.class);
                    Sidecar sidecar = context.getBean(Sidecar.class);
                    assertThat(sidecar.info().features()).containsEntry("watchdog", false);
                    assertThat(sidecar.watchdog().report().state()).isEqualTo(WatchdogState.OFF);
                    assertThat(catchThrowableOfType(SidecarException.class, () -> sidecar.watchdog()
                                            .heartbeat())
                                    .code())
                            .isEqualTo("watchdog-disabled");
                });
    }

    @Test
    void saysWhatIsWrongWithAProperty() {
        runner.withPropertyValues("sidecar.watchdog.cpu.max=-1")
                .run(context -> assertThat(Failures.describe(context.getStartupFailure()))
                        .contains("sidecar.watchdog.cpu.max")
                        .contains("-1"));
    }

    @Configuration(proxyBeanMethods = false)
    static class OneThread {

        @Bean
        ThreadPoolTaskExecutor orders() {
            ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
            executor.setCorePoolSize(1);
            executor.setMaxPoolSize(1);
            return executor;
        }
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
