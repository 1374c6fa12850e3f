package dev.sidecar.server.ambassador;

import dev.sidecar.server.proxy.ResponseSink;
import dev.sidecar.server.proxy.http1.Field;
import dev.sidecar.server.proxy.http1.Fields;
import dev.sidecar.server.proxy.http1.ResponseHead;
import io.netty.buffer.ByteBuf;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** Hands a response over to the container, part by part; the container frames it. */
final class InvokedResponse implements ResponseSink {

    private final HttpServletResponse response;
    private final Map<String, String> trailers = new TreeMap<>();

    InvokedResponse(HttpServletResponse response) {
        this.response = response;
    }

    @Override
    public void head(ResponseHead head, boolean bodyless) {
        if (head.interim()) {
            return;
        }
        response.setStatus(head.status());
        Fields fields = head.fields();
        for (int i = 0; i < fields.count(); i++) {
            if (!Field.isHopByHop(fields.kind(i))) {
                response.addHeader(fields.name(i), fields.value(i));
            }
        }
        if (head.chunked()) {
            response.setTrailerFields(() -> trailers);
            flush();
        }
    }

    @Override
    public void content(ByteBuf in, int length) {
        try {
            in.readBytes(response.getOutputStream(), length);
            response.flushBuffer();
        } catch (IOException callerGone) {
            throw new UncheckedIOException(callerGone);
        }
    }

    private void flush() {
        try {
            response.flushBuffer();
        } catch (IOException callerGone) {
            throw new UncheckedIOException(callerGone);
        }
    }

    @Override
    public void end(Fields last) {
        last.forEach(trailers::put);
    }
}
