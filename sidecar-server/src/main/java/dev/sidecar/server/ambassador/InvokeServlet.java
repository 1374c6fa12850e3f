package dev.sidecar.server.ambassador;

import dev.sidecar.Problem;
import dev.sidecar.runtime.Threads;
import dev.sidecar.server.problem.ProblemResponse;
import dev.sidecar.server.proxy.InProcessCall;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.coyote.CloseNowException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code ANY /v1/invoke/{service}/**}. A servlet by itself, because no framework is to look at the content or to answer
 * OPTIONS. A call holds a thread for its response, and another one while its request has content to come; both are
 * apart from those of the API.
 */
public final class InvokeServlet extends HttpServlet {

    /** What the servlet is mapped to. */
    public static final String MAPPING = InvokeRouter.PREFIX + "*";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(InvokeServlet.class);
    private static final int AT_ONCE = 256;
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final String CUT = InvokeServlet.class.getName() + ".cut";

    private final transient Invoker invoker;
    private final transient ExecutorService calls = Threads.onDemand("invoke", AT_ONCE, IDLE);
    private final transient ExecutorService bodies = Threads.onDemand("invoke-body", AT_ONCE, IDLE);

    InvokeServlet(Invoker invoker) {
        this.invoker = invoker;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getAttribute(CUT) != null) {
            // The only way to end a response so that its receiver sees that it is not whole.
            throw new CloseNowException("the upstream's answer broke off");
        }
        byte[] head = InvokedRequest.head(request);
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        try {
            calls.execute(() -> run(async, head, request, response));
        } catch (RejectedExecutionException full) {
            ProblemResponse.write(
                    response,
                    Problem.of(503, "too-many-calls", "more than " + AT_ONCE + " calls run through /v1/invoke")
                            .retryAfter(1));
            async.complete();
        }
    }

    private void run(AsyncContext async, byte[] head, HttpServletRequest request, HttpServletResponse response) {
        InProcessCall call =
                invoker.proxy().call(InvokedRequest.client(request), head, "HEAD".equals(request.getMethod()));
        CompletableFuture<Void> sent = InvokedRequest.hasContent(request)
                ? CompletableFuture.runAsync(() -> InvokedRequest.sendContent(request, call), bodies)
                : CompletableFuture.completedFuture(null);
        boolean whole = false;
        try {
            whole = call.receive(new InvokedResponse(response));
            response.flushBuffer();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException callerGone) {
            LOG.debug("an answer could not be handed over", callerGone);
        }
        call.close();
        // Until then the container must not give the request's connection to the next one.
        sent.handle((done, failed) -> null).join();
        if (whole) {
            async.complete();
        } else {
            request.setAttribute(CUT, true);
            async.dispatch();
        }
    }

    @Override
    public void destroy() {
        calls.shutdownNow();
        bodies.shutdownNow();
    }
}
