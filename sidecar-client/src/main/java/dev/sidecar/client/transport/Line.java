package dev.sidecar.client.transport;

/**
 * A connection of its own, for one thread that waits long. {@link #close()} may come from any thread, and ends the
 * waiting.
 */
public final class Line implements AutoCloseable {

    private final Transport transport;
    private final Connection connection;
    private volatile boolean closed;

    Line(Transport transport, Connection connection) {
        this.transport = transport;
        this.connection = connection;
    }

    public Response exchange(Request request) {
        return transport.exchange(request, connection);
    }

    @Override
    public void close() {
        closed = true;
        connection.close();
    }
}
