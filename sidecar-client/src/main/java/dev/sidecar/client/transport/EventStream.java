package dev.sidecar.client.transport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events (HTML Living Standard, 9.2), their data and ids, over a connection of its own. For one thread;
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

    /**
     * One event.
     *
     * @param id null where it has none
     * @param data null where it has only an id
     */
    public record Event(@Nullable String id, @Nullable String data) {}

    /** The data of the next event; null at the end of the stream. Waits as long as it takes. */
    public @Nullable String next() throws IOException {
        Event event = nextEvent();
        while (event != null && event.data() == null) {
            event = nextEvent();
        }
        return event == null ? null : event.data();
    }

    /** The next event; null at the end of the stream. Waits as long as it takes. */
    public @Nullable Event nextEvent() throws IOException {
        StringBuilder data = new StringBuilder();
        String id = null;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data:")) {
                data.append(data.isEmpty() ? "" : "\n").append(line, valueOf(line, 5), line.length());
                if (data.length() > Connection.MAX_BODY_BYTES) {
                    throw new AnswerTooLargeException(Connection.MAX_BODY_BYTES);
                }
            } else if (line.startsWith("id:")) {
                id = line.substring(valueOf(line, 3));
            } else if (line.isEmpty() && (id != null || !data.isEmpty())) {
                return new Event(id, data.isEmpty() ? null : data.toString());
            }
        }
        return null;
    }

    private static int valueOf(String line, int from) {
        return line.length() > from && line.charAt(from) == ' ' ? from + 1 : from;
    }

    @Override
    public void close() {
        connection.close();
    }
}
