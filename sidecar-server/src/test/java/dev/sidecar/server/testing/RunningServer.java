package dev.sidecar.server.testing;

import dev.sidecar.json.SidecarJson;
import dev.sidecar.server.ServerApplication;
import dev.sidecar.server.listener.Listeners;
import dev.sidecar.server.security.ApiToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The real server in this JVM, on free ports, with a home of its own. */
public final class RunningServer implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final ConfigurableApplicationContext context;

    private RunningServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts it with these properties ({@code key=value}) beside those that keep tests apart. */
    public static RunningServer start(Path home, String... properties) {
        return start(home, List.of(), properties);
    }

    /** Starts it with more beans, such as a controller to try something out. */
    public static RunningServer start(Path home, List<Class<?>> more, String... properties) {
        SpringApplication application = ServerApplication.create();
        application.addPrimarySources(more);
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                "sidecar.home", home.toString(),
                "sidecar.api.port", "0",
                "sidecar.ops.port", "0",
                "sidecar.logging.console.enabled", "false",
                "sidecar.app.name", "orders"));
        for (String property : properties) {
            settings.put(property.substring(0, property.indexOf('=')), property.substring(property.indexOf('=') + 1));
        }
        return new RunningServer(application.run(settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new)));
    }

    public Listeners listeners() {
        return context.getBean(Listeners.class);
    }

    public ApiToken token() {
        return context.getBean(ApiToken.class);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    public HttpRequest.Builder api(String path) {
        return HttpRequest.newBuilder(URI.create(listeners().apiUrl() + path))
                .header("Authorization", "Bearer " + token().value());
    }

    public HttpRequest.Builder ops(String path) {
        return HttpRequest.newBuilder(URI.create(listeners().opsUrl() + path))
                .header("Authorization", "Bearer " + token().value());
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static JsonNode json(HttpResponse<String> response) {
        return SidecarJson.mapper().readTree(response.body());
    }

    /** Writes bytes to the API's TCP port and reads until the server closes; ask it to with Connection: close. */
    public String raw(String request) {
        URI url = URI.create(listeners().apiUrl());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same by the Unix socket. */
    public String rawBySocket(String request) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(listeners().socket()));
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(8192);
            while (channel.read(buffer.clear()) >= 0) {
                answer.write(buffer.array(), 0, buffer.position());
            }
            return answer.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
