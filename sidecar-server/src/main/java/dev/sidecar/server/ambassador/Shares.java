package dev.sidecar.server.ambassador;

import dev.sidecar.resilience.Percent;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** How what one route takes is divided between it and others. Immutable. */
final class Shares {

    static final Shares NONE = new Shares(new ResilientRoute[0], new double[0]);

    private final ResilientRoute[] others;
    /** For each of them the end of its part of 0 to 1. */
    private final double[] ends;

    private Shares(ResilientRoute[] others, double[] ends) {
        this.others = others;
        this.ends = ends;
    }

    static Shares of(String property, Map<String, Percent> weights, Function<String, ResilientRoute> byName) {
        if (weights.isEmpty()) {
            return NONE;
        }
        ResilientRoute[] others = new ResilientRoute[weights.size()];
        double[] ends = new double[weights.size()];
        double sum = 0;
        int at = 0;
        for (Map.Entry<String, Percent> weight : weights.entrySet()) {
            sum += weight.getValue().fraction();
            others[at] = byName.apply(weight.getKey());
            ends[at++] = sum;
        }
        if (sum > 1.000001) {
            throw new IllegalArgumentException(property + ": the shares of other routes are more than 100%");
        }
        return new Shares(others, ends);
    }

    ResilientRoute choose(ResilientRoute own) {
        if (others.length > 0) {
            double roll = ThreadLocalRandom.current().nextDouble();
            for (int i = 0; i < others.length; i++) {
                if (roll < ends[i]) {
                    return others[i];
                }
            }
        }
        return own;
    }
}
