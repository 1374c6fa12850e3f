package dev.sidecar.server.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.server.proxy.ReferenceReading.Request;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Whatever a client sends, what reaches the upstream is read alike by everybody: by a reader of the test's own written
 * from the grammar, by Netty's decoder, and by who reads what the client had sent. More of it by
 * {@code -Dsidecar.fuzz.cases=100000}, others by {@code -Dsidecar.fuzz.seed=2}.
 */
class SmugglingFuzzTest {

    private static final int CASES = Integer.getInteger("sidecar.fuzz.cases", 3000);
    private static final long SEED = Long.getLong("sidecar.fuzz.seed", 1);
    private static final int AT_ONCE = 16;
    private static final HttpDecoderConfig LIMITS =
            new HttpDecoderConfig().setMaxHeaderSize(64 * 1024).setMaxInitialLineLength(64 * 1024);

    @Test
    void whatReachesTheUpstreamIsReadAlikeByEverybody() throws Exception {
        FuzzedRequests fuzzed = new FuzzedRequests(SEED);
        List<String> inputs = new ArrayList<>();
        for (int id = 0; id < CASES; id++) {
            inputs.add(fuzzed.next(id));
        }
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try (TranscribingUpstream upstream = new TranscribingUpstream();
                ProxyFixture proxy = new ProxyFixture(
                        (request, origin) -> ProxyFixture.decision(
                                new ProxyFixture.FixedRoute(upstream.target(), RouteLimits.DEFAULT),
                                request.isConnect()),
                        ProxyOptions.DEFAULT.clientTimeouts(
                                Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(300)))) {
            List<Future<?>> running = new ArrayList<>();
            for (int id = 0; id < CASES; id++) {
                int number = id;
                running.add(threads.submit(() -> converse(proxy, inputs.get(number), number)));
            }
            for (Future<?> each : running) {
                each.get();
            }
            Set<Request> all = inputs.stream()
                    .flatMap(input -> ReferenceReading.of(input).requests().stream())
                    .collect(Collectors.toSet());
            int forwarded = 0;
            for (String transcript : upstream.transcripts()) {
                List<Request> seen = ReferenceReading.of(transcript).requests();
                assertThat(ReferenceReading.of(transcript).state())
                        .as("what the upstream was sent, seed %s: %s", SEED, transcript)
                        .isNotEqualTo(ReferenceReading.State.MALFORMED);
                List<Request> byNetty = byNetty(transcript);
                for (int i = 0; i < seen.size(); i++) {
                    assertThat(i < byNetty.size() ? byNetty.get(i) : null)
                            .as("request %s as Netty reads it, seed %s, in: %s", i, SEED, transcript)
                            .isEqualTo(seen.get(i));
                }
                for (Request request : seen) {
                    forwarded++;
                    assertThat(all.contains(request) || all.stream().anyMatch(request::isWithoutId))
                            .as("seed %s: the upstream got %s, which nobody had sent", SEED, request)
                            .isTrue();
                }
            }
            assertThat(forwarded).as("requests that were right, or nearly").isGreaterThan(CASES / 2);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Void converse(ProxyFixture proxy, String input, int seed) throws Exception {
        Random random = new Random(seed);
        try (RawClient client = proxy.client()) {
            int cut = random.nextInt(input.length());
            client.send(input.substring(0, cut));
            client.send(input.substring(cut));
            client.rest();
        } catch (java.net.SocketException closed) {
            // Refused before all was sent.
        }
        return null;
    }

    private static List<Request> byNetty(String transcript) {
        EmbeddedChannel channel =
                new EmbeddedChannel(new HttpRequestDecoder(LIMITS), new HttpObjectAggregator(1 << 20));
        List<Request> read = new ArrayList<>();
        try {
            channel.writeInbound(Unpooled.copiedBuffer(transcript, StandardCharsets.ISO_8859_1));
            for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
                FullHttpRequest request = (FullHttpRequest) message;
                if (request.decoderResult().isSuccess()) {
                    String id = request.headers().get("X-Id", "");
                    read.add(new Request(
                            request.method().name(),
                            request.uri(),
                            id,
                            request.content().toString(StandardCharsets.ISO_8859_1)));
                }
                request.release();
            }
            return read;
        } finally {
            end(channel);
        }
    }

    private static void end(EmbeddedChannel channel) {
        try {
            channel.finishAndReleaseAll();
        } catch (PrematureChannelClosureException cutOff) {
            // The client's request ended in the middle, and so did ours: nobody takes it for a whole one.
            channel.releaseInbound();
        }
    }
}
