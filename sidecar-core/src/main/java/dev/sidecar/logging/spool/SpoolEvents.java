package dev.sidecar.logging.spool;

import java.nio.file.Path;

/** What a spool tells its owner. Called under its lock: do not wait here, and do not call the spool. */
public interface SpoolEvents {

    /** Records were given up to make room for newer ones. */
    void droppedOldest(long records);

    /** Records were given up because of their age. */
    void expired(long records);

    /** A segment has parts that cannot be read; it was set aside, and what is whole in it will still be taken. */
    void damaged(Path setAside, long unreadableBytes);
}
