package dev.sidecar.server.supervisor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where this sidecar listens.
 *
 * @param api such as {@code http://127.0.0.1:7300}
 * @param ops such as {@code http://127.0.0.1:7301}
 * @param ambassador such as {@code http://127.0.0.1:7302}, where it is on
 * @param litter files of this process that no other may find once it is dead
 */
public record Addresses(
        String api,
        Optional<Path> socket,
        Optional<String> ops,
        Optional<String> ambassador,
        String token,
        List<Path> litter) {

    public Addresses {
        litter = List.copyOf(litter);
    }

    @Override
    public String toString() {
        return "Addresses[api=" + api + ", socket=" + socket + ", ops=" + ops + "]";
    }
}
