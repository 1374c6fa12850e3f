package dev.sidecar.config.layers;

import dev.sidecar.config.ConfigLayer.LayerValue;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A place whose last good values stay, and are called stale, while it cannot be read. For one thread at a time. */
final class KeptPlace {

    private static final Logger LOG = LoggerFactory.getLogger(KeptPlace.class);

    private final Place place;
    private final Clock clock;
    private Map<String, LayerValue> values = Map.of();
    private @Nullable String trouble;

    KeptPlace(Place place, Clock clock) {
        this.place = place;
        this.clock = clock;
    }

    Place place() {
        return place;
    }

    boolean isWhole() {
        return trouble == null;
    }

    Map<String, LayerValue> read() {
        try {
            Map<String, LayerValue> fresh = new TreeMap<>();
            place.read().forEach((key, found) -> fresh.put(key, new LayerValue(found.value(), "file:" + found.file())));
            if (trouble != null) {
                LOG.info("the configuration in '{}' is read again", place.path());
            }
            trouble = null;
            values = fresh;
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
        return values;
    }

    private void failed(Exception failure) {
        String why = String.valueOf(failure.getMessage());
        if (trouble == null) {
            Instant now = clock.instant();
            values = stale(now);
        }
        if (!why.equals(trouble)) {
            LOG.warn(
                    "the configuration in '{}' cannot be read: {}; {}",
                    place.path(),
                    why,
                    values.isEmpty() ? "it has no values until it can" : "its last values stay");
        }
        trouble = why;
    }

    private Map<String, LayerValue> stale(Instant since) {
        Map<String, LayerValue> stale = new TreeMap<>();
        values.forEach((key, value) -> stale.put(key, new LayerValue(value.value(), value.origin(), since)));
        return stale;
    }
}
