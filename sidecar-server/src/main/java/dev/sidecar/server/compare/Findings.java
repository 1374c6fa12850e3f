package dev.sidecar.server.compare;

import dev.sidecar.server.compare.Measured.Moment;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

    static ObjectNode cell(Cell cell) {
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
            node.set(
                    way.id(), memory(measured.idle().get(way), measured.loaded().get(way)));
        }
        return node;
    }

    /** Of an application and its sidecar, where it has one. */
    static ObjectNode memory(@Nullable Moment idle, @Nullable Moment loaded) {
        ObjectNode app = Json.object();
        ObjectNode sidecar = Json.object();
        add("idle", idle, app, sidecar);
        add("load", loaded, app, sidecar);
        ObjectNode node = Json.object();
        node.set("app", app);
        if (!sidecar.isEmpty()) {
            node.set("sidecar", sidecar);
        }
        return node;
    }

    private static void add(String when, @Nullable Moment moment, ObjectNode app, ObjectNode sidecar) {
        if (moment == null) {
            return;
        }
        app.set(when, Json.memory(moment.app()));
        Memory beside = moment.sidecar();
        if (beside != null) {
            sidecar.set(when, Json.memory(beside));
        }
    }

    static ObjectNode startUp(Measured measured) {
        ObjectNode node = Json.object();
        double alone = Statistics.median(measured.appReady().getOrDefault(Way.NONE, List.of()));
        measured.appReady().forEach((way, times) -> {
            ObjectNode one = node.putObject(way.id());
            one.set("appReadyMs", Json.median(times));
            List<Double> beside = measured.sidecarReady().getOrDefault(way, List.of());
            if (!beside.isEmpty()) {
                one.set("sidecarReadyMs", Json.median(beside));
            }
            double whole = Statistics.median(times) + (beside.isEmpty() ? 0 : Statistics.median(beside));
            one.put("addedMs", Json.rounded(whole - alone));
        });
        return node;
    }

    /** How far one round's median lies from the next, in the middle of all. */
    private static double drift(Measured measured) {
        return Statistics.median(measured.cells().values().stream()
                .flatMap(cells -> cells.values().stream())
                .map(cell -> Statistics.spreadPercent(cell.medians()))
                .toList());
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
        node.put("driftPercent", Json.rounded(drift(measured)));
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
