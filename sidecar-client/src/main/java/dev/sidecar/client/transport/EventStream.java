package dev.sidecar.client.transport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events (HTML Living Standard, 9.2), their data only, over a connection of its own. For one thread;
 * {@link #close()} may come from another, and ends what is going on.
 */
public final class EventStream implements AutoCloseable {

    private final Connection connection;
    private final BufferedReader lines;

    private EventStream(Connection connection, BufferedReader lines) {
        this.connection = connection;
        this.lines = lines;
    }

    /** Returns when the sidecar has agreed to send. */
    public static EventStream open(Transport transport, Request request) throws IOException {
        Connection connection = transport.connection();
        try {
            Connection.Stream stream = transport.stream(request, connection);
            if (stream.status() != 200) {
                throw Api.refusal(
                        request,
                        stream.status(),
                        stream.headers(),
                        stream.body().readAllBytes());
            }
            return new EventStream(
                    connection, new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8)));
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** The data of the next event; null at the end of the stream. Waits as long as it takes. */
    public @Nullable String next() throws IOException {
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data:")) {
                int from = line.startsWith("data: ") ? 6 : 5;
                data.append(data.isEmpty() ? "" : "\n").append(line, from, line.length());
                if (data.length() > Connection.MAX_BODY_BYTES) {
                    throw new AnswerTooLargeException(Connection.MAX_BODY_BYTES);
                }
            } else if (line.isEmpty() && !data.isEmpty()) {
                return data.toString();
            }
        }
        return null;
    }

    @Override
    public void close() {
        connection.close();
    }
}
