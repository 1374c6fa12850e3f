package dev.sidecar;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one meter of an engine says, in numbers that are good in another process.
 *
 * @param name as Micrometer has it, with dots
 * @param unit base unit; null where it has none
 * @param value of a gauge; of a counter or timer how often since the start of the engine
 * @param totalSeconds of a timer, else null
 */
public record MeterReading(
        String name,
        Type type,
        Map<String, String> tags,
        @Nullable String unit,
        @Nullable String description,
        double value,
        @Nullable Double totalSeconds) {

    /** How a value goes on. */
    public enum Type {
        @JsonProperty("gauge")
        GAUGE,

        @JsonProperty("counter")
        COUNTER,

        @JsonProperty("timer")
        TIMER
    }

    /** Empty where there is no number now, or no one number. */
    public static Optional<MeterReading> of(Meter meter) {
        return meter.match(
                gauge -> read(gauge, Type.GAUGE, gauge.value(), null),
                counter -> read(counter, Type.COUNTER, counter.count(), null),
                timer -> read(timer, Type.TIMER, timer.count(), total(timer)),
                summary -> Optional.empty(),
                running -> Optional.empty(),
                gauge -> read(gauge, Type.GAUGE, gauge.value(), null),
                counter -> read(counter, Type.COUNTER, counter.count(), null),
                timer -> read(timer, Type.TIMER, timer.count(), timer.totalTime(TimeUnit.SECONDS)),
                other -> Optional.empty());
    }

    private static double total(Timer timer) {
        return timer.totalTime(TimeUnit.SECONDS);
    }

    private static Optional<MeterReading> read(Meter meter, Type type, double value, @Nullable Double totalSeconds) {
        if (!Double.isFinite(value)) {
            return Optional.empty();
        }
        Meter.Id id = meter.getId();
        Map<String, String> tags = new TreeMap<>();
        for (Tag tag : id.getTagsAsIterable()) {
            tags.put(tag.getKey(), tag.getValue());
        }
        return Optional.of(
                new MeterReading(id.getName(), type, tags, id.getBaseUnit(), id.getDescription(), value, totalSeconds));
    }
}
