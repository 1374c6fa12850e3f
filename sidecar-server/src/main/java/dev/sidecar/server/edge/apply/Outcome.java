package dev.sidecar.server.edge.apply;

/** How an attempt ended. */
public sealed interface Outcome {

    EdgeState state();

    /** Why it is not confirmed; empty when it is. */
    String reason();

    /** The proxy's own words; may be empty. */
    default String message() {
        return "";
    }

    /**
     * New requests are served by it.
     *
     * @param how {@code reload}, {@code runtime}, {@code start}, {@code command} or {@code file}
     */
    record Confirmed(String how) implements Outcome {
        @Override
        public EdgeState state() {
            return EdgeState.CONFIRMED;
        }

        @Override
        public String reason() {
            return "";
        }
    }

    /** The proxy was told, and nothing shows whether it listened. */
    record Applied(String reason) implements Outcome {
        @Override
        public EdgeState state() {
            return EdgeState.APPLIED;
        }
    }

    /** What was rendered is what is served. */
    record Unchanged() implements Outcome {
        @Override
        public EdgeState state() {
            return EdgeState.CONFIRMED;
        }

        @Override
        public String reason() {
            return "";
        }
    }

    /** Nothing was changed because a guard, or an operator, says so. */
    record Held(EdgeState state, String reason) implements Outcome {}

    /**
     * The target was not changed, or is as it was.
     *
     * @param stage {@code render}, {@code write} or {@code check}
     */
    record Rejected(String stage, String reason, String message) implements Outcome {
        @Override
        public EdgeState state() {
            return EdgeState.REJECTED;
        }
    }

    /** The proxy did not take it, and the last good one is back. */
    record RolledBack(String reason, String message) implements Outcome {
        @Override
        public EdgeState state() {
            return EdgeState.ROLLED_BACK;
        }
    }

    /** It is in its place, and there is no proxy to read it. */
    record Pending(String reason, String message) implements Outcome {
        @Override
        public EdgeState state() {
            return EdgeState.PENDING;
        }
    }

    /** Whether it must be tried again. */
    default boolean failed() {
        return this instanceof Rejected || this instanceof RolledBack || this instanceof Pending;
    }
}
