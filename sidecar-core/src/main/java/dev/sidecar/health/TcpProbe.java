package dev.sidecar.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/** Passes when a connection comes up; nothing is sent. */
record TcpProbe(Address address) implements Probe {

    static TcpProbe of(CheckDefinition definition) {
        return new TcpProbe(Address.of(definition));
    }

    /** A name may have several addresses, such as localhost; one that answers is enough. */
    @Override
    public ProbeResult run() throws IOException {
        String refusal = "no address";
        for (InetAddress ip : InetAddress.getAllByName(address.host())) {
            // A channel, since an interrupt ends its connect where that of a socket would go on.
            try (SocketChannel channel = SocketChannel.open()) {
                channel.connect(new InetSocketAddress(ip, address.port()));
                return ProbeResult.pass("connected to " + address);
            } catch (IOException e) {
                refusal = Output.of(e);
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
            }
        }
        return ProbeResult.fail(address + ": " + refusal);
    }
}
