package dev.sidecar.server.logging;

import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** The whole body of a request, unpacked; neither what was sent nor what comes out of it may be over the limit. */
final class RequestBody {

    private final DataSize limit;

    RequestBody(DataSize limit) {
        this.limit = limit;
    }

    /** Throws {@link SidecarException} {@code body-too-large}, {@code malformed-gzip}, {@code unsupported-encoding}. */
    byte[] read(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > limit.toBytes()) {
            throw tooLarge("");
        }
        if (!isGzip(request.getHeader("Content-Encoding"))) {
            return read(request.getInputStream(), "");
        }
        try (InputStream unpacked = new GZIPInputStream(request.getInputStream(), 8192)) {
            return read(unpacked, " after gzip was unpacked");
        } catch (EOFException e) {
            throw malformed("it ends too early", e);
        } catch (ZipException e) {
            throw malformed(String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean isGzip(@Nullable String encoding) {
        String name = encoding == null ? "identity" : encoding.trim().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "identity", "" -> false;
            case "gzip", "x-gzip" -> true;
            default ->
                throw new SidecarException(Problem.of(
                        415,
                        "unsupported-encoding",
                        "Content-Encoding: '" + name + "' is not read here; send gzip, or leave it out"));
        };
    }

    private byte[] read(InputStream in, String state) throws IOException {
        int max = Math.toIntExact(limit.toBytes());
        byte[] body = in.readNBytes(max);
        if (body.length == max && in.read() >= 0) {
            throw tooLarge(state);
        }
        return body;
    }

    private SidecarException tooLarge(String state) {
        return new SidecarException(Problem.of(
                413,
                "body-too-large",
                "the body is larger than sidecar.api.max-body-size=" + limit.toBytes() + " bytes" + state
                        + "; send smaller batches"));
    }

    private static SidecarException malformed(String detail, IOException cause) {
        return new SidecarException(
                Problem.of(400, "malformed-gzip", "the body is not a whole gzip stream: " + detail), cause);
    }
}
