package dev.sidecar.server.compare;

import dev.sidecar.runtime.Commands;
import dev.sidecar.server.compare.probe.Slice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The same from languages for which there is no library: whichever of them this machine has. The two ways take turns,
 * as Java's do; each language has its own time, because nobody compares Node with Python here.
 */
final class OtherClients {

    private static final Map<String, String> SCRIPTS = new LinkedHashMap<>();

    static {
        SCRIPTS.put("node", "client.js");
        SCRIPTS.put("python3", "client.py");
    }

    private final Bed bed;
    private final Plan plan;
    private final Progress progress;
    private final Deadline deadline;
    private final List<String> leftOut = new ArrayList<>();

    OtherClients(Bed bed, Plan plan, Progress progress, Deadline deadline) {
        this.bed = bed;
        this.plan = plan;
        this.progress = progress;
        this.deadline = deadline;
    }

    private static List<String> present() {
        return SCRIPTS.keySet().stream()
                .filter(program -> Commands.find(program).isPresent())
                .toList();
    }

    private static int rounds(Plan plan) {
        return Math.max(1, plan.rounds() / 3);
    }

    private static int warmup(Plan plan) {
        return Math.max(1, plan.warmupMillis() / 3);
    }

    /** Of one language. */
    private static long millisEach(Plan plan) {
        return 2L * MeasuredOperation.overHttp().size() * warmup(plan) + rounds(plan) * millisOfRound(plan);
    }

    private static long millisOfRound(Plan plan) {
        return 2L * MeasuredOperation.overHttp().size() * (plan.pacedMillis() + plan.backToBackMillis());
    }

    /** How long it will take. */
    static long millis(Plan plan) {
        return present().size() * millisEach(plan);
    }

    /** Languages for which there was no time. */
    List<String> leftOut() {
        return leftOut;
    }

    /** A language that is not there is left out; one whose client fails says so in place of numbers. */
    ArrayNode measure(Map<Way, Beside> sidecars) {
        ArrayNode all = Json.array();
        for (String program : present()) {
            if (!deadline.leaves(millisEach(plan) / 2)) {
                leftOut.add("client " + program);
                continue;
            }
            progress.step("other languages: " + program, millisEach(plan));
            try {
                all.add(measure(program, sidecars));
            } catch (IOException | RuntimeException e) {
                all.addObject().put("language", program).put("error", String.valueOf(e.getMessage()));
            }
        }
        return all;
    }

    private ObjectNode measure(String program, Map<Way, Beside> sidecars) throws IOException {
        List<ForeignClient> clients = new ArrayList<>();
        try {
            for (Map.Entry<Way, Beside> one : sidecars.entrySet()) {
                clients.add(ForeignClient.start(
                        bed, program, SCRIPTS.getOrDefault(program, ""), one.getKey(), one.getValue()));
            }
            return describe(clients, rounds(clients));
        } finally {
            clients.forEach(ForeignClient::close);
        }
    }

    private Map<MeasuredOperation, Map<Way, Cell>> rounds(List<ForeignClient> clients) {
        Map<MeasuredOperation, Map<Way, Cell>> cells = new LinkedHashMap<>();
        for (MeasuredOperation operation : MeasuredOperation.overHttp()) {
            clients.forEach(client -> client.backToBack(operation, warmup(plan)));
        }
        for (int round = 0; round < rounds(plan) && (round == 0 || deadline.leaves(millisOfRound(plan))); round++) {
            for (MeasuredOperation operation : MeasuredOperation.overHttp()) {
                for (int turn = 0; turn < clients.size(); turn++) {
                    ForeignClient client = clients.get((round + turn) % clients.size());
                    measure(
                            client,
                            operation,
                            cells.computeIfAbsent(operation, key -> new EnumMap<>(Way.class))
                                    .computeIfAbsent(client.way(), key -> new Cell()));
                }
            }
        }
        return cells;
    }

    private void measure(ForeignClient client, MeasuredOperation operation, Cell cell) {
        cell.addPaced(client.paced(operation, plan.pacedMillis()));
        long own = client.cpuNanos();
        long sidecar = client.sidecarCpuNanos();
        Slice slice = client.backToBack(operation, plan.backToBackMillis());
        cell.addBackToBack(slice, client.cpuNanos() - own, client.sidecarCpuNanos() - sidecar);
    }

    private static ObjectNode describe(List<ForeignClient> clients, Map<MeasuredOperation, Map<Way, Cell>> cells) {
        ObjectNode node = Json.object();
        String[] name = clients.get(0).name().split(" ", 2);
        node.put("language", name[0]);
        node.put("version", name.length > 1 ? name[1] : "");
        ArrayNode results = node.putArray("results");
        cells.forEach((operation, ways) -> ways.forEach((way, cell) -> {
            ObjectNode one = results.addObject();
            one.put("operation", operation.id());
            one.put("way", way.id());
            one.put("ratePerSecond", operation.perSecond());
            one.setAll(Findings.cell(cell));
            // Known of Java only.
            one.remove("allocatedBytes");
        }));
        return node;
    }
}
