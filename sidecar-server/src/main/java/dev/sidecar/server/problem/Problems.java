package dev.sidecar.server.problem;

import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import dev.sidecar.json.JsonProblems;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidDefinitionException;

/** Which problem an exception is. */
final class Problems {

    private Problems() {}

    /** Null when it is our own fault. */
    static @Nullable Problem of(Exception failure, HttpServletRequest request) {
        SidecarException refused = refusal(failure);
        if (refused != null) {
            return refused.problem();
        }
        if (failure instanceof HttpMessageNotReadableException unreadable) {
            return unreadable(unreadable);
        }
        if (failure instanceof JacksonException json && !(json instanceof InvalidDefinitionException)) {
            return JsonProblems.of(json);
        }
        if (failure instanceof MethodArgumentTypeMismatchException mismatch) {
            return badParameter(mismatch);
        }
        if (failure instanceof MissingServletRequestParameterException missing) {
            return Problem.of(
                    400, "missing-parameter", "the query parameter '" + missing.getParameterName() + "' is missing");
        }
        if (failure instanceof MissingRequestHeaderException missing) {
            return Problem.of(400, "missing-header", "the header '" + missing.getHeaderName() + "' is missing");
        }
        if (failure instanceof HttpRequestMethodNotSupportedException method) {
            String[] supported = method.getSupportedMethods();
            return Problem.of(
                    405,
                    "method-not-allowed",
                    method.getMethod() + " is not allowed on '" + request.getRequestURI() + "'; use "
                            + (supported == null ? "another method" : String.join(", ", supported)));
        }
        return byMediaTypeOrPath(failure, request);
    }

    private static @Nullable Problem byMediaTypeOrPath(Exception failure, HttpServletRequest request) {
        if (failure instanceof HttpMediaTypeNotSupportedException type) {
            return Problem.of(
                    415,
                    "unsupported-media-type",
                    "Content-Type: '" + Objects.requireNonNullElse(request.getContentType(), "")
                            + "' is not taken here; send "
                            + type.getSupportedMediaTypes().stream()
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(" or ")));
        }
        if (failure instanceof HttpMediaTypeNotAcceptableException type) {
            return Problem.of(
                    406,
                    "not-acceptable",
                    "Accept: '" + request.getHeader("Accept") + "' cannot be given here; accept "
                            + type.getSupportedMediaTypes().stream()
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(" or ")));
        }
        if (failure instanceof NoHandlerFoundException || failure instanceof NoResourceFoundException) {
            return Problem.of(
                    404,
                    "not-found",
                    "'" + request.getRequestURI() + "' is not here; GET /v1/openapi.json lists what is");
        }
        return byStatus(failure);
    }

    private static @Nullable Problem byStatus(Exception failure) {
        ResponseStatus annotation =
                AnnotatedElementUtils.findMergedAnnotation(failure.getClass(), ResponseStatus.class);
        int status = failure instanceof ErrorResponse known
                ? known.getStatusCode().value()
                : annotation == null ? 500 : annotation.code().value();
        if (status >= 500 && status != 503) {
            return null;
        }
        HttpStatus known = HttpStatus.resolve(status);
        String code = known == null
                ? "status-" + status
                : known.name().toLowerCase(Locale.ROOT).replace('_', '-');
        String detail =
                failure instanceof ErrorResponse response ? response.getBody().getDetail() : failure.getMessage();
        return Problem.of(status, code, Objects.requireNonNullElse(detail, "the request cannot be answered"));
    }

    /** Values check themselves when they are made, and whoever makes them wraps what they say. */
    private static @Nullable SidecarException refusal(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 10; depth++) {
            if (cause instanceof SidecarException refused) {
                return refused;
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static @Nullable Problem unreadable(HttpMessageNotReadableException failure) {
        if (failure.getCause() instanceof InvalidDefinitionException) {
            return null;
        }
        if (failure.getCause() instanceof JacksonException json) {
            return JsonProblems.of(json);
        }
        return failure.getCause() == null
                ? Problem.of(400, "missing-body", "the body is missing; send JSON")
                : Problem.of(400, "unreadable-body", "the body ended early or cannot be read");
    }

    private static Problem badParameter(MethodArgumentTypeMismatchException failure) {
        Class<?> type = failure.getRequiredType();
        return Problem.of(
                400,
                "invalid-parameter",
                failure.getName() + ": '" + failure.getValue() + "' is not allowed; give " + wanted(type));
    }

    private static String wanted(@Nullable Class<?> type) {
        if (type == null) {
            return "another value";
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        if (type == Duration.class) {
            return "a duration such as 500ms, 15s or 2m";
        }
        if (type == Instant.class) {
            return "a time such as 2026-01-31T12:00:00Z";
        }
        return type == boolean.class || type == Boolean.class ? "true or false" : "a whole number";
    }
}
