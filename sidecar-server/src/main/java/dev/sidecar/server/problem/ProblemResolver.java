package dev.sidecar.server.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.ErrorResponse;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Answers every exception of a controller, or of the way to it, with a problem. */
public final class ProblemResolver implements HandlerExceptionResolver {

    private static final Logger log = LoggerFactory.getLogger(ProblemResolver.class);

    private static final ModelAndView ANSWERED = new ModelAndView();

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        if (failure instanceof AsyncRequestNotUsableException || response.isCommitted()) {
            log.debug("the answer to {} had begun and cannot be finished", request.getRequestURI(), failure);
            return ANSWERED;
        }
        InternalErrors.Logged internal = null;
        var problem = Problems.of(failure, request);
        if (problem == null) {
            internal = InternalErrors.logged(failure);
            problem = internal.problem();
        }
        response.reset();
        if (failure instanceof ErrorResponse known) {
            known.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        }
        try {
            ProblemResponse.write(response, problem, internal == null ? null : internal.instance());
        } catch (IOException e) {
            log.debug("the caller went away before it was told what was wrong", e);
        }
        return ANSWERED;
    }
}
