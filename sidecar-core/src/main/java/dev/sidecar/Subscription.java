package dev.sidecar;

/** A running watch. Closing it more than once is harmless; no call is made to the listener after it returns. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

    @Override
    void close();
}
