package dev.sidecar.server.security;

import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import dev.sidecar.server.problem.ProblemResponse;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Holds {@code sidecar.api.max-body-size}: by the announced length where there is one, else while it is read. */
public final class BodyLimitFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    /** Never held in memory, so its length is not ours to judge. */
    private static final String STREAMED = "/v1/invoke/";

    private final long maxBytes;

    BodyLimitFilter(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long announced = request.getContentLengthLong();
        if (request.getRequestURI().startsWith(STREAMED)) {
            chain.doFilter(request, response);
        } else if (announced > maxBytes) {
            ProblemResponse.write(response, tooLarge());
        } else if (announced < 0 && request.getHeader("Transfer-Encoding") != null) {
            chain.doFilter(new Limited(request), response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private Problem tooLarge() {
        return Problem.of(
                413,
                "body-too-large",
                "the body is larger than sidecar.api.max-body-size (" + maxBytes
                        + " bytes); send it in parts, or raise the limit");
    }

    private final class Limited extends HttpServletRequestWrapper {

        Limited(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new LimitedInputStream(super.getInputStream(), maxBytes, () -> new SidecarException(tooLarge()));
        }
    }
}
