package dev.sidecar.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecar.SidecarException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "orders.example.com", "::1", "fe80::1%eth0", "my_host"})
    void takesHostsAndAddresses(String address) {
        assertThat(at(address).address()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "http://x", "host:80", "[::1]", "a/b", "-x", "a\nb"})
    void refusesWhatIsNoAddress(String address) {
        assertRefused(() -> at(address), "address");
    }

    @Test
    void refusesTooMuchMetadata() {
        Map<String, String> many = new HashMap<>();
        IntStream.range(0, 65).forEach(i -> many.put("k" + i, "v"));
        assertRefused(() -> with(many), "65 entries");
        assertRefused(() -> with(Map.of("k", "x".repeat(17_000))), "17001 bytes");
        assertRefused(() -> with(Map.of(" ", "x")), "metadata");
        assertRefused(() -> with(Map.of("n".repeat(129), "x")), "128");
        Map<String, String> none = new HashMap<>();
        none.put("k", null);
        assertRefused(() -> with(none), "metadata.k");
    }

    @Test
    void theLargestThatIsAllowedFitsInARow() {
        assertThat(with(Map.of("k", "\u0001".repeat(16_383))).metadata()).hasSize(1);
    }

    private static Registration at(String address) {
        return new Registration("orders", "one", address, 80, false, Map.of(), Duration.ofSeconds(15), true);
    }

    private static Registration with(Map<String, String> metadata) {
        return at("localhost").withMetadata(metadata);
    }

    private static void assertRefused(Runnable action, String field) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        SidecarException.class, e -> assertThat(e.code()).isEqualTo("invalid-registration"))
                .hasMessageContaining(field);
    }
}
