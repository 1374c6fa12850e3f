package dev.sidecar.health;

import static dev.sidecar.health.HealthStatus.DOWN;
import static dev.sidecar.health.HealthStatus.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One check's trouble is its own. */
class IsolationTest {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    @TempDir
    Path home;

    @Test
    void fiveHundredChecksStayOnTimeBesideOneThatHangsAndOneThatFloods() throws Exception {
        try (Listener listener = new Listener();
                ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                TestHealth test = new TestHealth(home)) {
            test.define(CheckDefinition.http("hangs", "http://127.0.0.1:" + silent.getLocalPort() + "/")
                    .timeout(Duration.ofSeconds(2))
                    .interval(INTERVAL));
            test.define(CheckDefinition.exec("floods", "/bin/sh", "-c", "head -c 1073741824 /dev/zero")
                    .timeout(Duration.ofSeconds(10))
                    .interval(INTERVAL));
            for (int i = 0; i < 500; i++) {
                test.define(CheckDefinition.tcp("c" + i, listener.address(i)).interval(INTERVAL));
            }

            listener.awaitConnections(5);

            assertThat(listener.checks()).isEqualTo(500);
            assertThat(test.health.report().checks().stream()
                            .filter(c -> c.name().startsWith("c")))
                    .allMatch(check -> check.status() == UP);
            assertThat(test.awaitStatus("floods", UP).failures()).isZero();
            long[] late = listener.millisecondsLate();
            // Two cores, which other tests use as well: the bound is for the many, and a wide one for the worst.
            assertThat(late[late.length * 99 / 100]).as("99th percentile").isLessThan(250);
            assertThat(late[late.length - 1]).as("worst").isLessThan(1000);
        }
    }

    @Test
    void aProbeThatIgnoresItsInterruptFailsAtItsDeadlineAndNeverRunsTwiceAtOnce() {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Probe deaf = () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            awaitUninterruptibly(end);
            running.decrementAndGet();
            return ProbeResult.pass("at last");
        };
        try (Polled polled = new Polled(
                deaf,
                CheckDefinition.tcp("deaf", "h:1")
                        .interval(Duration.ofMillis(50))
                        .timeout(Duration.ofMillis(50))
                        .fall(3))) {
            CheckState down = polled.awaitStatus(DOWN);
            assertThat(down.output()).isEqualTo("no answer within 50ms, and that run still has not ended");
            assertThat(most).hasValue(1);

            end.countDown();
            polled.awaitStatus(UP);
            assertThat(most).hasValue(1);
        }
    }

    @Test
    void aPassThatComesAfterTheDeadlineDoesNotCount() {
        Probe late = () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                return ProbeResult.pass("late");
            }
            return ProbeResult.fail("never");
        };
        try (Polled polled = new Polled(
                late,
                CheckDefinition.tcp("late", "h:1")
                        .interval(Duration.ofMillis(20))
                        .timeout(Duration.ofMillis(20))
                        .fall(2))) {
            assertThat(polled.awaitStatus(DOWN).passes()).isZero();
        }
    }

    @Test
    void aStartingApplicationIsFoundReadyLongBeforeItsInterval() {
        AtomicInteger runs = new AtomicInteger();
        Probe starting = () -> runs.incrementAndGet() < 4 ? ProbeResult.fail("not yet") : ProbeResult.pass("here");
        try (Polled polled =
                new Polled(starting, CheckDefinition.tcp("app", "h:1").interval(Duration.ofMinutes(5)))) {
            assertThat(polled.awaitStatus(UP).passes()).isEqualTo(1);
            assertThat(runs).hasValue(4);
        }
    }

    @Test
    void aProbeThatBreaksIsAFailureThatSaysWhy() {
        Probe broken = () -> {
            throw new IllegalStateException("out of luck");
        };
        try (Polled polled =
                new Polled(broken, CheckDefinition.tcp("broken", "h:1").fall(1))) {
            assertThat(polled.awaitStatus(DOWN).output()).isEqualTo("out of luck");
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean open = false;
        while (!open) {
            try {
                latch.await();
                open = true;
            } catch (InterruptedException e) {
                // Deaf is what it is to be.
            }
        }
    }

    /** A check over a probe of the test's own. */
    private static final class Polled implements AutoCloseable {

        private final CheckThreads threads = CheckThreads.create();
        private final PolledCheck check;

        Polled(Probe probe, CheckBuilder definition) {
            CheckPolicy policy = CheckPolicy.of(definition.build());
            CheckResults results = new CheckResults(policy, java.time.Clock.systemUTC(), () -> {});
            check = new PolledCheck(policy, probe, results, threads, (outcome, took) -> {}, Duration.ZERO);
            check.start();
        }

        CheckState awaitStatus(HealthStatus status) {
            return await().atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(2))
                    .until(check::state, state -> state.status() == status);
        }

        @Override
        public void close() {
            check.close();
            threads.close();
        }
    }

    /** Tells checks apart by the loopback address they connect to, and notes when each came. */
    private static final class Listener implements AutoCloseable {

        private final Selector selector = Selector.open();
        private final Map<String, List<Long>> seen = new ConcurrentHashMap<>();
        private final Thread thread = new Thread(this::accept, "listener");
        private final int port;

        Listener() throws IOException {
            ServerSocketChannel server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress("0.0.0.0", 0), 1024);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            thread.setDaemon(true);
            thread.start();
        }

        String address(int check) {
            return "127.1." + check / 250 + "." + (check % 250 + 1) + ":" + port;
        }

        int checks() {
            return seen.size();
        }

        void awaitConnections(int ofEach) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            seen.size() == 500 && seen.values().stream().allMatch(times -> times.size() >= ofEach));
        }

        /** How much more than the interval passed between two connections of the same check. */
        long[] millisecondsLate() {
            return seen.values().stream()
                    .map(times -> times.toArray(Long[]::new))
                    .flatMapToLong(times ->
                            java.util.stream.IntStream.range(1, times.length).mapToLong(i -> times[i] - times[i - 1]))
                    .map(nanos -> Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos) - INTERVAL.toMillis()))
                    .sorted()
                    .toArray();
        }

        private void accept() {
            try {
                while (selector.isOpen()) {
                    selector.select();
                    for (SelectionKey key : selector.selectedKeys()) {
                        SocketChannel connection = ((ServerSocketChannel) key.channel()).accept();
                        if (connection != null) {
                            String target = ((InetSocketAddress) connection.getLocalAddress()).getHostString();
                            seen.computeIfAbsent(target, t -> new CopyOnWriteArrayList<>())
                                    .add(System.nanoTime());
                            connection.close();
                        }
                    }
                    selector.selectedKeys().clear();
                }
            } catch (IOException | java.nio.channels.ClosedSelectorException e) {
                // The test is over.
            }
        }

        @Override
        public void close() throws IOException {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        }
    }
}
