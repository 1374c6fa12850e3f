package dev.sidecar.server.proxy;

import io.netty.channel.ChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * TCP between the processes of one machine. Many hosts send by BBR, which paces what it sends by timers; here there is
 * no path to spare, and pacing makes a large answer wait and costs processor time. So where BBR is the default these
 * connections take Reno (RFC 5681), which the kernel always has and lets anybody choose. All others are left as they
 * are.
 */
final class LoopbackTcp {

    private static final Path SETTINGS = Path.of("/proc/sys/net/ipv4");
    private static final byte[] RENO = "reno".getBytes(StandardCharsets.US_ASCII);
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_CONGESTION = 13;

    /** Leaves all connections as they are. */
    static final LoopbackTcp UNCHANGED = new LoopbackTcp(null);

    private final @Nullable ChannelOption<ByteBuffer> congestion;

    private LoopbackTcp(@Nullable ChannelOption<ByteBuffer> congestion) {
        this.congestion = congestion;
    }

    /** As this machine wants it. */
    static LoopbackTcp ofMachine() {
        return of(SETTINGS);
    }

    /**
     * @param settings where {@code tcp_congestion_control} and {@code tcp_allowed_congestion_control} are
     */
    static LoopbackTcp of(Path settings) {
        boolean paced =
                words(settings.resolve("tcp_congestion_control")).stream().anyMatch(name -> name.startsWith("bbr"));
        boolean allowed =
                words(settings.resolve("tcp_allowed_congestion_control")).contains("reno");
        return new LoopbackTcp(
                paced && allowed
                        ? new RawUnixChannelOption("TCP_CONGESTION", IPPROTO_TCP, TCP_CONGESTION, RENO.length)
                        : null);
    }

    private static List<String> words(Path setting) {
        try {
            return List.of(Files.readString(setting).trim().split("\\s+"));
        } catch (IOException notLinux) {
            return List.of();
        }
    }

    boolean changesCongestionControl() {
        return congestion != null;
    }

    /** Sets what a socket at this address needs: a connecting one, or a listening one, which hands it on. */
    void apply(InetAddress address, BiConsumer<ChannelOption<ByteBuffer>, ByteBuffer> option) {
        if (congestion != null && address.isLoopbackAddress()) {
            option.accept(congestion, ByteBuffer.wrap(RENO));
        }
    }
}
