package dev.sidecar.server.security;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names this process answers to: loopback ones, and what {@code sidecar.api.hosts} adds. */
final class AllowedHosts {

    private static final Pattern LOOPBACK = Pattern.compile("localhost\\.?|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");
    private static final Pattern PORT = Pattern.compile(":\\d*$");

    private final Set<String> configured;

    AllowedHosts(List<String> configured) {
        this.configured = configured.stream()
                .map(host -> withoutPort(host.trim()).toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean contains(String host) {
        return LOOPBACK.matcher(host).matches() || configured.contains(host) || configured.contains("*");
    }

    /** An address cannot be made to resolve to another one. */
    static boolean isAddress(String host) {
        return ADDRESS.matcher(host).matches();
    }

    static String withoutPort(String authority) {
        return PORT.matcher(authority).replaceFirst("");
    }
}
