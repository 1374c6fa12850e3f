package dev.sidecar.server.compare;

import dev.sidecar.server.compare.Measured.Moment;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was measured, as the parts of {@code compare.json}. */
final class Findings {

    /** Medians of rounds that differ by more say little. */
    private static final double NOISY_PERCENT = 20;

    /** Of one core, taken by others. */
    private static final double BUSY_PERCENT = 25;

    private Findings() {}

    static ArrayNode operations(Measured measured) {
        ArrayNode all = Json.array();
        measured.cells().forEach((operation, cells) -> {
            ObjectNode node = all.addObject();
            node.put("id", operation.id());
            node.put("title", operation.title());
            node.put("ratePerSecond", operation.perSecond());
            node.put("request", operation.request());
            ObjectNode ways = node.putObject("ways");
            cells.forEach((way, cell) -> ways.set(way.id(), cell(cell)));
        });
        return all;
    }

    private static ObjectNode cell(Cell cell) {
        ObjectNode node = Json.object();
        ObjectNode paced = Json.latency(cell.paced(), cell.medians());
        paced.set("curve", Json.curve(cell.paced()));
        node.set("paced", paced);
        ObjectNode closed = Json.latency(cell.backToBack(), cell.backToBackMedians());
        closed.put("perSecond", Json.rounded(Statistics.median(cell.perSecond())));
        node.set("backToBack", closed);
        node.put("appCpuUs", Json.rounded(cell.appMicrosPerCall()));
        node.put("sidecarCpuUs", Json.rounded(cell.sidecarMicrosPerCall()));
        node.put("allocatedBytes", Math.round(cell.allocatedBytesPerCall()));
        node.put("errors", cell.errors());
        if (cell.error() != null) {
            node.put("lastError", cell.error());
        }
        return node;
    }

    static ObjectNode memory(Measured measured) {
        ObjectNode node = Json.object();
        for (Way way : Way.values()) {
            ObjectNode one = node.putObject(way.id());
            ObjectNode app = one.putObject("app");
            ObjectNode sidecar = Json.object();
            for (Map.Entry<String, Map<Way, Moment>> when :
                    Map.of("idle", measured.idle(), "load", measured.loaded()).entrySet()) {
                Moment moment = when.getValue().get(way);
                if (moment != null) {
                    app.set(when.getKey(), Json.memory(moment.app()));
                    Memory beside = moment.sidecar();
                    if (beside != null) {
                        sidecar.set(when.getKey(), Json.memory(beside));
                    }
                }
            }
            if (!sidecar.isEmpty()) {
                one.set("sidecar", sidecar);
            }
        }
        return node;
    }

    static ObjectNode startUp(Measured measured) {
        ObjectNode node = Json.object();
        measured.appReady().forEach((way, times) -> {
            ObjectNode one = node.putObject(way.id());
            one.set("appReadyMs", Json.median(times));
            if (measured.sidecarReady().containsKey(way)) {
                one.set("sidecarReadyMs", Json.median(measured.sidecarReady().get(way)));
            }
        });
        return node;
    }

    /** What a reader must know before believing a number. */
    static ObjectNode noise(Measured measured) {
        ObjectNode node = Json.object();
        node.put("othersCpuPercent", Json.rounded(measured.othersCpuPercent()));
        ArrayNode unsteady = node.putArray("unsteady");
        measured.cells()
                .forEach((operation, cells) -> cells.forEach((way, cell) -> {
                    if (Statistics.spreadPercent(cell.medians()) > NOISY_PERCENT) {
                        unsteady.add(operation.id() + " " + way.id());
                    }
                }));
        int cells = measured.cells().values().stream().mapToInt(Map::size).sum();
        boolean busy = measured.othersCpuPercent() > BUSY_PERCENT;
        boolean noisy = busy || unsteady.size() > cells / 4;
        node.put("tooNoisy", noisy);
        node.put(
                "note",
                noisy
                        ? "The machine was busy with something else or unsteady; differences below a quarter mean nothing. Repeat when it is quiet."
                        : "The machine was quiet enough.");
        return node;
    }
}
