package dev.sidecar.server.offload.files;

import dev.sidecar.server.offload.negotiation.Coding;
import dev.sidecar.server.proxy.Part;
import dev.sidecar.server.proxy.SharedFile;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file's content in one coding: in memory where it is small, else open.
 *
 * @param etag with its quotes
 * @param modified in seconds since 1970
 * @param head what a 200 answer begins with
 */
record Representation(
        Coding coding,
        String etag,
        long modified,
        long size,
        byte @Nullable [] bytes,
        @Nullable SharedFile file,
        byte[] head) {

    /** Bytes of memory, or what an open file is worth. */
    long weight() {
        return bytes == null ? 32 * 1024 : bytes.length + 1024;
    }

    /** Whether a part of it can be had: not when it is made anew each time. */
    boolean divisible() {
        return !etag.startsWith("W/");
    }

    /** A part of it that holds on to the file; null when that is closed meanwhile. */
    @Nullable
    Part part(long offset, long length) {
        if (bytes != null) {
            boolean all = length == bytes.length;
            return new Part.Bytes(all ? bytes : Arrays.copyOfRange(bytes, (int) offset, (int) (offset + length)));
        }
        return file != null && file.tryRetain() ? new Part.OfFile(file, offset, length) : null;
    }

    void close() {
        if (file != null) {
            file.release();
        }
    }
}
