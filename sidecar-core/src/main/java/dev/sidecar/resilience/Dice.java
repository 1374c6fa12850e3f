package dev.sidecar.resilience;

import java.util.concurrent.ThreadLocalRandom;

/** Chance, so that a test can take it away. Thread-safe. */
@FunctionalInterface
public interface Dice {

    Dice FAIR = () -> ThreadLocalRandom.current().nextDouble();

    /** From 0 up to, but not including, 1. */
    double roll();
}
