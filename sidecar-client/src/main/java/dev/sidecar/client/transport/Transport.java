package dev.sidecar.client.transport;

import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.client.Endpoint;
import dev.sidecar.client.RemoteOptions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Requests and answers between this process and its sidecar. Thread-safe; a call uses the caller's thread.
 *
 * <p>A call that finds no sidecar, or gets no answer in time, throws {@link SidecarUnavailableException}, which says
 * what was tried.
 */
public final class Transport implements AutoCloseable {

    private static final int CONNECTIONS = 8;

    private final RemoteOptions options;
    private final String commonHeaders;
    private final Availability availability;
    private final ConnectionPool pool;
    private final Counter succeeded;
    private final Counter refused;
    private final Counter unavailable;
    private volatile boolean closed;

    public Transport(RemoteOptions options, Availability availability) {
        this.options = options;
        this.availability = availability;
        this.commonHeaders = headers(options.endpoint(), options.token());
        this.pool = new ConnectionPool(CONNECTIONS, this::connection);
        MeterRegistry meters = options.meters();
        this.succeeded = requests(meters, "success");
        this.refused = requests(meters, "refused");
        this.unavailable = requests(meters, "unavailable");
        Gauge.builder("sidecar.client.degraded", availability, a -> a.since() == null ? 0 : 1)
                .description("1 while the sidecar does not answer and fallbacks are in use")
                .register(meters);
    }

    private static Counter requests(MeterRegistry meters, String outcome) {
        return Counter.builder("sidecar.client.requests")
                .description("Requests to the sidecar")
                .tag("outcome", outcome)
                .register(meters);
    }

    private static String headers(Endpoint endpoint, @Nullable String token) {
        if (endpoint instanceof Endpoint.Unix) {
            return "Host: localhost\r\n";
        }
        Endpoint.Tcp tcp = (Endpoint.Tcp) endpoint;
        String host = "Host: " + tcp.host() + ":" + tcp.port() + "\r\n";
        if (token == null) {
            return host;
        }
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException(
                    "the token has characters that no header can carry; give visible ASCII without spaces");
        }
        return host + "Authorization: Bearer " + token + "\r\n";
    }

    /** One call over a shared connection. */
    public Response exchange(Request request) {
        return guarded(request, () -> {
            Deadline deadline = Deadline.after(options.timeout().plus(request.held()));
            Connection connection = pool.acquire(deadline);
            try {
                return connection.exchange(request, deadline);
            } finally {
                pool.release(connection);
            }
        });
    }

    /** A connection of its own for somebody who waits long; nothing is connected before its first use. */
    public Line line() {
        return new Line(this, connection());
    }

    Response exchange(Request request, Connection connection) {
        return guarded(
                request,
                () -> connection.exchange(
                        request, Deadline.after(options.timeout().plus(request.held()))));
    }

    Connection.Stream stream(Request request, Connection connection) {
        return guarded(request, () -> connection.stream(request, Deadline.after(options.timeout())));
    }

    public Availability availability() {
        return availability;
    }

    Connection connection() {
        return new Connection(options.endpoint(), options.connectTimeout(), commonHeaders, availability::reconnected);
    }

    private interface Call<T> {
        T run() throws IOException;
    }

    private <T> T guarded(Request request, Call<T> call) {
        if (closed) {
            throw new SidecarUnavailableException(request + ": this client is closed", null);
        }
        try {
            T answer = call.run();
            succeeded.increment();
            availability.answered();
            return answer;
        } catch (AnswerTooLargeException e) {
            refused.increment();
            availability.answered();
            throw new SidecarException(
                    Problem.of(502, "answer-too-large", request + ": " + e.getMessage() + "; ask for less"), e);
        } catch (AsynchronousCloseException e) {
            throw new SidecarUnavailableException(request + ": closed while it waited", e);
        } catch (InterruptedIOException e) {
            throw failed(request, e, e instanceof SocketTimeoutException);
        } catch (IOException e) {
            throw failed(request, e, false);
        }
    }

    private SidecarUnavailableException failed(Request request, IOException cause, boolean hangs) {
        String detail = request + " at " + name(options.endpoint()) + ": " + reason(cause);
        unavailable.increment();
        boolean ownWish = cause instanceof InterruptedIOException && !hangs;
        if (!closed && !ownWish) {
            availability.failed(detail, hangs);
        }
        return new SidecarUnavailableException(detail, cause);
    }

    private static String reason(IOException cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    /** As {@link Endpoint#parse} reads it. */
    public static String name(Endpoint endpoint) {
        if (endpoint instanceof Endpoint.Tcp tcp) {
            return "http://" + tcp.host() + ":" + tcp.port();
        }
        return "unix:" + ((Endpoint.Unix) endpoint).path();
    }

    /** How long a call may take. */
    public Duration timeout() {
        return options.timeout();
    }

    @Override
    public void close() {
        closed = true;
        pool.close();
    }
}
