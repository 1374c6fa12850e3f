package dev.sidecar.server.edge.driver.haproxy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses that a new configuration binds and the old one does not. {@code haproxy -c} does not try them, and a
 * HAProxy that cannot bind one takes no connections while it tries, so they are tried here first.
 */
final class NewPorts {

    private static final Pattern BIND = Pattern.compile("(?m)^\\s*bind\\s+(\\S+)");
    private static final Pattern ADDRESS = Pattern.compile("(\\*|[0-9.]*|\\[?[0-9A-Fa-f:.]+]?):(\\d{1,5})");

    private NewPorts() {}

    /** The first that another program has, in words; empty when there is none. */
    static String taken(String before, String after) {
        Set<String> old = addresses(before);
        List<String> ports = old.stream().map(NewPorts::port).toList();
        for (String address : addresses(after)) {
            // On a port it already has, HAProxy itself finds its way from one address to another.
            if (!old.contains(address) && !ports.contains(port(address)) && inUse(address)) {
                return "bind " + address + ": another program listens there";
            }
        }
        return "";
    }

    private static Set<String> addresses(String config) {
        Set<String> addresses = new LinkedHashSet<>();
        Matcher binds = BIND.matcher(config);
        while (binds.find()) {
            List<String> several = new ArrayList<>(List.of(binds.group(1).split(",")));
            several.removeIf(address -> !ADDRESS.matcher(address).matches());
            addresses.addAll(several);
        }
        return addresses;
    }

    private static String port(String address) {
        return address.substring(address.lastIndexOf(':') + 1);
    }

    private static boolean inUse(String address) {
        String host = address.substring(0, address.lastIndexOf(':')).replaceAll("^\\[|]$", "");
        int port = Integer.parseInt(port(address));
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            InetAddress any = InetAddress.getByAddress(new byte[4]);
            socket.bind(new InetSocketAddress(
                    host.isEmpty() || host.equals("*") ? any : InetAddress.getByName(host), port));
            return false;
        } catch (BindException e) {
            return String.valueOf(e.getMessage()).contains("in use");
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
