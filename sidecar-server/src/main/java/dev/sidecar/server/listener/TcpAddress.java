package dev.sidecar.server.listener;

import dev.sidecar.server.StartupProblem;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * An address and port to listen on.
 *
 * @param prefix of the two properties it came from, such as {@code sidecar.api}
 * @param port 0 for any free one
 */
record TcpAddress(String prefix, InetAddress address, int port) {

    static TcpAddress of(String prefix, String address, int port) {
        if (port < 0 || port > 65535) {
            throw new StartupProblem(
                    prefix + ".port: '" + port + "' is not a port", "Give a number from 1 to 65535, or 0 for any.");
        }
        try {
            return new TcpAddress(prefix, InetAddress.getByName(address.trim()), port);
        } catch (UnknownHostException e) {
            throw new StartupProblem(
                    prefix + ".address: '" + address + "' is not an address of this machine",
                    "Give an IP address such as 127.0.0.1, or 0.0.0.0 for all.");
        }
    }

    /** Found out before anything else is started, so that a start that must fail costs little and changes nothing. */
    void requireFree() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(address, port));
        } catch (BindException e) {
            throw refused(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new StartupProblem(
                    prefix + ".port: cannot listen on " + this + ": " + e.getMessage(),
                    "Set " + prefix + ".port or " + prefix + ".address to something this process may listen on.");
        }
    }

    private StartupProblem refused(String reason) {
        if (reason.contains("assign requested address")) {
            return new StartupProblem(
                    prefix + ".address: '" + address.getHostAddress() + "' is not an address of this machine",
                    "Give one that is, such as 127.0.0.1, or 0.0.0.0 for all.");
        }
        if (reason.contains("ermission denied")) {
            return new StartupProblem(
                    prefix + ".port: this process may not listen on " + this,
                    "Set " + prefix + ".port to a number above 1023, or to 0 for any free port.");
        }
        return new StartupProblem(
                prefix + ".port: " + port + " on " + address.getHostAddress() + " is in use by another process",
                "Set " + prefix + ".port to a free port, or to 0 for any; or stop the other process.");
    }

    boolean clashesWith(TcpAddress other) {
        return port != 0
                && port == other.port
                && (address.equals(other.address) || address.isAnyLocalAddress() || other.address.isAnyLocalAddress());
    }

    /** How this machine reaches it. */
    String url(int actualPort) {
        String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
        return "http://" + (address instanceof Inet6Address && !address.isAnyLocalAddress() ? "[" + host + "]" : host)
                + ":" + actualPort;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + ":" + port;
    }
}
