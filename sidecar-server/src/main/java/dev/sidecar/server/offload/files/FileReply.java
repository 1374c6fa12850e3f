package dev.sidecar.server.offload.files;

import dev.sidecar.Problem;
import dev.sidecar.server.offload.files.ByteRanges.ByteRange;
import dev.sidecar.server.offload.negotiation.AcceptEncoding;
import dev.sidecar.server.offload.negotiation.Coding;
import dev.sidecar.server.offload.negotiation.Preconditions;
import dev.sidecar.server.proxy.Answer;
import dev.sidecar.server.proxy.Decision;
import dev.sidecar.server.proxy.Part;
import dev.sidecar.server.proxy.Reply;
import dev.sidecar.server.proxy.http1.Field;
import dev.sidecar.server.proxy.http1.Fields;
import dev.sidecar.server.proxy.http1.RequestHead;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A GET or HEAD of a file, answered: whole, in part, not modified, or not as its conditions want it. */
final class FileReply {

    private static final String NAME = "static";

    private static final Answer NONE_ACCEPTABLE = StaticFiles.asked(
            Problem.of(406, "not-acceptable", "Accept-Encoding excludes every coding this file can be had in"),
            Map.of("Vary", "Accept-Encoding"));

    private final Entry entry;
    private final Fields request;
    private final boolean head;

    FileReply(Entry entry, RequestHead request) {
        this.entry = entry;
        this.request = request.fields();
        this.head = request.isHead();
    }

    /** Null when the file was closed meanwhile: it is to be looked up again. */
    @Nullable
    Decision decide() {
        String range = head ? null : request.first(Field.RANGE);
        Representation chosen = choose(range != null);
        if (chosen == null) {
            return NONE_ACCEPTABLE;
        }
        switch (Preconditions.of(request, chosen.etag(), chosen.modified())) {
            case FAILED -> {
                return failed(chosen);
            }
            case NOT_MODIFIED -> {
                return notModified(chosen);
            }
            case PROCEED -> {}
        }
        boolean divided = range != null
                && chosen.divisible()
                && Preconditions.rangeHolds(request, chosen.etag(), chosen.modified());
        List<ByteRange> ranges = divided && range != null ? ByteRanges.of(range, chosen.size()) : null;
        if (ranges == null) {
            return whole(chosen);
        }
        return switch (ranges.size()) {
            case 0 -> notSatisfiable(chosen);
            case 1 -> one(chosen, ranges.get(0));
            default -> several(chosen, ranges);
        };
    }

    // Who asks for a range means bytes of the file, unless it takes nothing but a compressed one.
    private @Nullable Representation choose(boolean range) {
        Map<Coding, Representation> there = entry.representations();
        if (there.size() == 1 && request.indexOf(Field.ACCEPT_ENCODING) < 0) {
            return there.get(Coding.IDENTITY);
        }
        AcceptEncoding accepted = AcceptEncoding.of(request.combined(Field.ACCEPT_ENCODING));
        if (range) {
            Coding plain = accepted.best(java.util.Set.of(Coding.IDENTITY));
            if (plain != null) {
                return there.get(plain);
            }
        }
        Coding best = accepted.best(there.keySet());
        return best == null ? null : there.get(best);
    }

    private @Nullable Decision whole(Representation chosen) {
        if (head || chosen.size() == 0) {
            return new Reply(NAME, 200, null, chosen.head(), List.of());
        }
        Part part = chosen.part(0, chosen.size());
        return part == null ? null : new Reply(NAME, 200, null, chosen.head(), List.of(part));
    }

    private Decision notModified(Representation chosen) {
        StringBuilder lines = new StringBuilder(256).append("HTTP/1.1 304 Not Modified\r\n");
        entry.fields().validate(lines, chosen.etag(), chosen.modified());
        return new Reply(NAME, 304, null, FileFields.bytes(lines), List.of());
    }

    private Decision failed(Representation chosen) {
        return StaticFiles.asked(
                Problem.of(412, "precondition-failed", "the file is not as If-Match or If-Unmodified-Since says"),
                Map.of("ETag", chosen.etag()));
    }

    private static Decision notSatisfiable(Representation chosen) {
        return StaticFiles.asked(
                Problem.of(
                        416,
                        "range-not-satisfiable",
                        "the file has " + chosen.size() + " bytes, and none that Range names"),
                Map.of("Content-Range", "bytes */" + chosen.size()));
    }

    private StringBuilder partial(Representation chosen) {
        StringBuilder lines = new StringBuilder(512).append("HTTP/1.1 206 Partial Content\r\n");
        entry.fields().validate(lines, chosen.etag(), chosen.modified());
        return lines.append("Accept-Ranges: bytes\r\n");
    }

    private @Nullable Decision one(Representation chosen, ByteRange range) {
        Part part = chosen.part(range.first(), range.size());
        if (part == null) {
            return null;
        }
        StringBuilder lines = partial(chosen);
        entry.fields().describe(lines, chosen.coding());
        contentRange(lines, range, chosen.size());
        lines.append("Content-Length: ").append(range.size()).append("\r\n");
        return new Reply(NAME, 206, null, FileFields.bytes(lines), List.of(part));
    }

    private @Nullable Decision several(Representation chosen, List<ByteRange> ranges) {
        String boundary = Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
        List<Part> parts = new ArrayList<>();
        for (ByteRange range : ranges) {
            StringBuilder lines = new StringBuilder(128)
                    .append(parts.isEmpty() ? "--" : "\r\n--")
                    .append(boundary)
                    .append("\r\nContent-Type: ")
                    .append(entry.fields().type())
                    .append("\r\n");
            contentRange(lines, range, chosen.size());
            parts.add(new Part.Bytes(FileFields.bytes(lines.append("\r\n"))));
            Part part = chosen.part(range.first(), range.size());
            if (part == null) {
                new Reply(NAME, 206, null, new byte[0], parts).release();
                return null;
            }
            parts.add(part);
        }
        parts.add(new Part.Bytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII)));
        StringBuilder lines = partial(chosen).append("X-Content-Type-Options: nosniff\r\n");
        FileFields.encoding(lines, chosen.coding());
        lines.append("Content-Type: multipart/byteranges; boundary=")
                .append(boundary)
                .append("\r\n");
        long size = parts.stream().mapToLong(Part::size).sum();
        lines.append("Content-Length: ").append(size).append("\r\n");
        return new Reply(NAME, 206, null, FileFields.bytes(lines), parts);
    }

    private static void contentRange(StringBuilder lines, ByteRange range, long size) {
        lines.append("Content-Range: bytes ")
                .append(range.first())
                .append('-')
                .append(range.last())
                .append('/')
                .append(size)
                .append("\r\n");
    }
}
