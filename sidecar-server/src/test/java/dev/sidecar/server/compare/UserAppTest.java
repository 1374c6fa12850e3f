package dev.sidecar.server.compare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserAppTest {

    @TempDir
    Path directory;

    @BeforeEach
    void requestFile() throws IOException {
        Files.writeString(
                directory.resolve("requests.txt"),
                """
                # what users do
                GET /orders
                POST /orders {"sku":"tea"}
                """);
    }

    private UserApp app(Map<String, Object> values) throws IOException {
        return UserApp.of(values, directory);
    }

    @Test
    void readsRequestsThatLieBesideTheProfile() throws IOException {
        UserApp app = app(Map.of("command", "java -jar app.jar", "headers", Map.of("Accept", "text/html")));
        assertThat(app.directory()).isEqualTo(directory);
        assertThat(app.requests()).extracting(UserRequest::title).containsExactly("GET /orders", "POST /orders");
        assertThat(new String(app.requests().get(1).bytes(), UTF_8))
                .startsWith("POST /orders HTTP/1.1\r\n")
                .contains("\r\nAccept: text/html\r\n", "\r\nContent-Length: 13\r\n")
                .endsWith("\r\n\r\n{\"sku\":\"tea\"}");
    }

    @Test
    void eachDeliveryHasItsArguments() throws IOException {
        UserApp app = app(Map.of("command", "java -jar app.jar", "sidecar", "--delivery=sidecar --x"));
        assertThat(app.command(Way.LIBRARY)).containsExactly("java", "-jar", "app.jar", "--sidecar.delivery=library");
        assertThat(app.command(Way.UNIX)).containsExactly("java", "-jar", "app.jar", "--delivery=sidecar", "--x");
    }

    @Test
    void namesWhatCannotBeMeant() {
        assertThatThrownBy(() -> app(Map.of())).hasMessageContaining("app.command is missing");
        assertThatThrownBy(() -> app(Map.of("command", "x", "port", 70000)))
                .hasMessage("app.port: '70000' is not allowed; give a number from 1 to 65535");
        assertThatThrownBy(() -> app(Map.of("command", "x", "ready", "health")))
                .hasMessageContaining("app.ready: 'health' is not allowed");
        assertThatThrownBy(() -> app(Map.of("command", "x", "requests", "none.txt")))
                .hasMessageContaining("none.txt' does not exist");
        assertThatThrownBy(() -> app(Map.of("command", "x", "headers", Map.of("A", "b\r\nC: d"))))
                .hasMessageContaining("app.headers: 'A'");
    }

    @Test
    void aLineThatIsNoRequestIsNamed() throws IOException {
        Files.writeString(directory.resolve("requests.txt"), "orders please\n");
        assertThatThrownBy(() -> app(Map.of("command", "x"))).hasMessageContaining("'orders please' is not a request");
    }
}
