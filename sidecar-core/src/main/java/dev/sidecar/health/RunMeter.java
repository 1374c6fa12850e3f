package dev.sidecar.health;

import java.time.Duration;

/** Where the durations of a check's runs go. */
@FunctionalInterface
interface RunMeter {

    String PASS = "pass";
    String FAIL = "fail";
    String TIMEOUT = "timeout";

    void record(String outcome, Duration took);
}
