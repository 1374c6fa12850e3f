package dev.sidecar.health;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** Passes when a connection comes up; nothing is sent. */
record TcpProbe(Address address) implements Probe {

    static TcpProbe of(CheckDefinition definition) {
        return new TcpProbe(Address.of(definition));
    }

    @Override
    public ProbeResult run() {
        try (SocketChannel channel = address.connect()) {
            return ProbeResult.pass("connected to " + address);
        } catch (IOException e) {
            return ProbeResult.fail(address + ": " + Output.of(e));
        }
    }
}
