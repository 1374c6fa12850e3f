package dev.sidecar.samples.orders;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real application in this JVM, and an inventory beside it that has tea. */
final class Shop implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final ConfigurableApplicationContext context;
    private final HttpServer inventory;

    private Shop(ConfigurableApplicationContext context, HttpServer inventory) {
        this.context = context;
        this.inventory = inventory;
    }

    static Shop open(Path home, String... arguments) throws IOException {
        HttpServer inventory = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        inventory.createContext("/reserve", exchange -> {
            boolean tea = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).contains("tea");
            byte[] body = (tea ? "{}" : "{\"error\":\"there is none\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(tea ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        inventory.start();
        ConfigurableApplicationContext context = new SpringApplicationBuilder(OrdersApplication.class)
                .properties("server.port=0", "sidecar.home=" + home)
                .run(withPort(arguments));
        return new Shop(context, inventory);
    }

    private static String[] withPort(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "--server.port=0";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return all;
    }

    int inventoryPort() {
        return inventory.getAddress().getPort();
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(port(), path);
    }

    static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return CLIENT.send(request(port, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(get(path).body());
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return CLIENT.send(
                request(port(), path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return CLIENT.send(request(port(), path).DELETE().build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> order(String sku) throws IOException, InterruptedException {
        return order(port(), sku);
    }

    static HttpResponse<String> order(int port, String sku) throws IOException, InterruptedException {
        return CLIENT.send(
                request(port, "/orders")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"sku\":\"" + sku + "\",\"quantity\":1}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    @Override
    public void close() {
        context.close();
        inventory.stop(0);
    }
}
