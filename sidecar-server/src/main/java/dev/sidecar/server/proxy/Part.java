package dev.sidecar.server.proxy;

/** A piece of a {@link Reply}'s content. */
public sealed interface Part {

    /** In bytes. */
    long size();

    /** Bytes in memory, not to be changed. */
    record Bytes(byte[] bytes) implements Part {
        @Override
        public long size() {
            return bytes.length;
        }
    }

    /**
     * A stretch of a file, which is read, or sent by the kernel, when its turn comes.
     *
     * @param file released when it was sent or cannot be sent any more
     */
    record OfFile(SharedFile file, long offset, long size) implements Part {}
}
