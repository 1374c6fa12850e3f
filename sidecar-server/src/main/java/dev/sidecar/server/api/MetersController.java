package dev.sidecar.server.api;

import dev.sidecar.MeterReading;
import dev.sidecar.autoconfigure.SidecarMeters;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/meters}: what the engines measure, for an application that shows it as its own. */
@RestController
final class MetersController {

    record Meters(List<MeterReading> meters) {}

    private final SidecarMeters meters;

    MetersController(SidecarMeters meters) {
        this.meters = meters;
    }

    @GetMapping("/v1/meters")
    Meters meters() {
        return new Meters(meters.registry().getMeters().stream()
                .map(MeterReading::of)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(MeterReading::name)
                        .thenComparing(reading -> reading.tags().toString()))
                .toList());
    }
}
