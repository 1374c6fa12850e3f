package dev.sidecar.server.edge.driver;

import java.nio.file.Path;
import java.util.List;

/** One kind of proxy. Called by one thread at a time. */
public interface Driver {

    /**
     * Judges a staged file without touching what the proxy reads.
     *
     * @param target the file it would replace
     */
    Verdict check(Path staged, Path target);

    /** Judges the target as it is, where the staged file alone cannot be judged. */
    Verdict checkInPlace(Path target);

    /** Directories, beside the target's own, in which a check that is killed leaves staged files. */
    List<Path> stagingDirectories();

    /** Whether going from one content to the other makes the proxy start new workers. */
    boolean reloads(String before, String after);

    /** Makes the proxy serve what is in the target, and comes back when it does or will not. */
    Loaded load(Change change);

    /** Whether the proxy is there; asked every second, so that a proxy that comes back is served again. */
    boolean running();

    /**
     * What is to be loaded.
     *
     * @param before what was served; empty when nothing or nobody knows
     * @param after the target's content
     * @param generation of the content, for a proxy that can say which one it serves
     * @param whole whether the proxy is to read the file even if the change could be told to it
     */
    record Change(Path target, String before, String after, String generation, boolean whole) {}

    /** What a check says. */
    sealed interface Verdict {

        /** It may be loaded. */
        record Passed() implements Verdict {}

        /** The proxy would refuse it, in its own words. */
        record Failed(String message) implements Verdict {}

        /** Nobody can tell before it is in its place. */
        record OnlyInPlace() implements Verdict {}
    }

    /** What became of a load. */
    sealed interface Loaded {

        /**
         * New requests are served by it.
         *
         * @param how {@code reload}, {@code runtime}, {@code start} or {@code command}
         */
        record Confirmed(String how) implements Loaded {}

        /** The proxy goes on with what it had, as far as one can see. */
        record Refused(String reason, String message) implements Loaded {}

        /** It was told, and nothing shows whether it listened. */
        record Unconfirmed(String reason) implements Loaded {}

        /** There is no proxy; it will read the file when it starts. */
        record NotRunning(String reason) implements Loaded {}
    }
}
