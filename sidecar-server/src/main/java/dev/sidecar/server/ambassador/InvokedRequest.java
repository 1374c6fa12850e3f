package dev.sidecar.server.ambassador;

import dev.sidecar.server.proxy.InProcessCall;
import dev.sidecar.server.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** A request to the API as the data plane is to have it: without the API's token, and content framed anew. */
final class InvokedRequest {

    private static final int PIECE = 16 * 1024;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Said by the container, or for its connection only. The token may be there in no other field. */
    private static final Set<String> LEFT_OUT = Set.of(
            "authorization",
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "proxy-connection",
            "upgrade",
            "te",
            "trailer",
            "expect",
            "http2-settings");

    private InvokedRequest() {}

    static byte[] head(HttpServletRequest request) {
        String query = request.getQueryString();
        StringBuilder head = new StringBuilder(512)
                .append(request.getMethod())
                .append(' ')
                .append(request.getRequestURI())
                .append(query == null ? "" : "?" + query)
                .append(" HTTP/1.1\r\nHost: ")
                .append(host(request))
                .append("\r\n");
        Set<String> ofThisHop = ofThisHop(request);
        for (String name : Collections.list(request.getHeaderNames())) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!LEFT_OUT.contains(lower) && !ofThisHop.contains(lower)) {
                for (String value : Collections.list(request.getHeaders(name))) {
                    head.append(name).append(": ").append(value).append("\r\n");
                }
            }
        }
        if (isForNeighbour(request)) {
            head.append("Authorization: ")
                    .append(request.getHeader("Authorization"))
                    .append("\r\n");
        }
        long length = request.getContentLengthLong();
        if (length >= 0) {
            head.append("Content-Length: ").append(length).append("\r\n");
        } else if (hasContent(request)) {
            head.append("Transfer-Encoding: chunked\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    // By TCP the field has our token. By the Unix socket nobody asks for one, so that one there is the neighbour's.
    private static boolean isForNeighbour(HttpServletRequest request) {
        return Caller.hasForeignAuthorization(request);
    }

    private static String host(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return host == null || host.isEmpty() ? "localhost" : host;
    }

    private static Set<String> ofThisHop(HttpServletRequest request) {
        Set<String> names = new HashSet<>();
        for (String value : Collections.list(request.getHeaders("Connection"))) {
            for (String name : value.split(",")) {
                names.add(name.trim().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    static boolean hasContent(HttpServletRequest request) {
        return request.getContentLengthLong() > 0
                || (request.getContentLengthLong() < 0 && request.getHeader("Transfer-Encoding") != null);
    }

    static SocketAddress client(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        return address == null || address.isEmpty()
                ? InetSocketAddress.createUnresolved("unknown", 0)
                : new InetSocketAddress(address, Math.max(0, request.getRemotePort()));
    }

    /** Reads the content to its end, also when nobody wants it any more. */
    static void sendContent(HttpServletRequest request, InProcessCall call) {
        boolean chunked = request.getContentLengthLong() < 0;
        try {
            InputStream in = request.getInputStream();
            byte[] piece = new byte[PIECE];
            boolean wanted = true;
            int length;
            while ((length = in.read(piece)) >= 0) {
                if (wanted && length > 0) {
                    wanted = call.send(chunked ? chunk(piece, length) : Arrays.copyOf(piece, length));
                }
            }
            if (chunked && wanted) {
                call.send(LAST_CHUNK);
            }
        } catch (IOException gone) {
            call.close();
            throw new UncheckedIOException(gone);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] chunk(byte[] piece, int length) {
        byte[] size = (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] chunk = Arrays.copyOf(size, size.length + length + LINE_END.length);
        System.arraycopy(piece, 0, chunk, size.length, length);
        System.arraycopy(LINE_END, 0, chunk, size.length + length, LINE_END.length);
        return chunk;
    }
}
