package dev.sidecar.server.edge.driver.haproxy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells a running HAProxy of servers that came, went and moved, so that no worker is replaced and no connection is
 * closed. A server that goes is taken out of rotation at once and deleted when its last connection has ended.
 */
final class RuntimeChange {

    private final CliSocket socket;
    private final Map<String, ServerLine> before;
    private final Map<String, ServerLine> after;
    private final Set<String> leaving;

    /** @param leaving servers that still are to be deleted; kept up to date */
    RuntimeChange(
            CliSocket socket, Map<String, ServerLine> before, Map<String, ServerLine> after, Set<String> leaving) {
        this.socket = socket;
        this.before = before;
        this.after = after;
        this.leaving = leaving;
    }

    /** Whether the way from one text to the other leads only over servers. */
    static boolean possible(String before, String after) {
        if (before.isEmpty() || !ServerLine.shape(before).equals(ServerLine.shape(after))) {
            return false;
        }
        Map<String, ServerLine> old = ServerLine.parse(before);
        return ServerLine.parse(after).values().stream().allMatch(server -> {
            ServerLine known = old.get(server.id());
            return server.plain() && (known == null || known.options().equals(server.options()));
        });
    }

    /**
     * Says everything that is to be said, then looks.
     *
     * @return what is not as it should be; empty when all is
     */
    List<String> apply() throws IOException {
        Map<String, ServerState> now = ServerState.parse(socket.ask("show servers state"));
        List<String> complaints = new ArrayList<>();
        for (ServerLine server : after.values()) {
            ServerState state = now.get(server.id());
            if (state == null) {
                add(server, complaints);
            } else if (!state.serves(server)) {
                change(server, complaints);
            }
            leaving.remove(server.id());
        }
        for (String id : before.keySet()) {
            if (!after.containsKey(id) && now.containsKey(id)) {
                say("set server " + id + " state maint", complaints);
                leaving.add(id);
            }
        }
        complaints.addAll(differences());
        deleteLeaving();
        return complaints;
    }

    private void add(ServerLine server, List<String> complaints) throws IOException {
        List<String> words = new ArrayList<>(List.of("add server", server.id(), server.endpoint()));
        words.add("weight " + server.weight());
        words.addAll(server.options());
        String said = socket.ask(String.join(" ", words));
        if (!said.contains("New server registered")) {
            complaints.add(server.id() + ": " + said);
            return;
        }
        if (server.options().contains("check")) {
            say("enable health " + server.id(), complaints);
        }
        ready(server, complaints);
    }

    /** The registry says that it is healthy; without this word it would wait for its first check. */
    private void ready(ServerLine server, List<String> complaints) throws IOException {
        say("set server " + server.id() + " state ready", complaints);
        if (server.options().contains("check")) {
            say("set server " + server.id() + " health up", complaints);
        }
    }

    private void change(ServerLine server, List<String> complaints) throws IOException {
        String said = socket.ask("set server " + server.id() + " addr " + server.address() + " port " + server.port());
        if (said.contains("nvalid") || said.contains("No such")) {
            complaints.add(server.id() + ": " + said);
        }
        say("set server " + server.id() + " weight " + server.weight(), complaints);
        ready(server, complaints);
    }

    private void say(String command, List<String> complaints) throws IOException {
        String said = socket.ask(command);
        if (!said.isEmpty()) {
            complaints.add(command + ": " + said);
        }
    }

    private List<String> differences() throws IOException {
        Map<String, ServerState> now = ServerState.parse(socket.ask("show servers state"));
        List<String> differences = new ArrayList<>();
        after.forEach((id, server) -> {
            ServerState state = now.get(id);
            if (state == null || !state.serves(server)) {
                differences.add(id + " is " + state + " and not " + server.endpoint());
            }
        });
        Set<String> tooMany = new HashSet<>(before.keySet());
        tooMany.removeAll(after.keySet());
        tooMany.stream()
                .filter(id -> now.containsKey(id) && !now.get(id).inMaintenance())
                .forEach(id -> differences.add(id + " still serves"));
        return differences;
    }

    private void deleteLeaving() throws IOException {
        for (String id : Set.copyOf(leaving)) {
            String said = socket.ask("del server " + id);
            if (said.contains("Server deleted") || said.contains("No such server")) {
                leaving.remove(id);
            }
        }
    }

    /** Deletes servers whose last connection has ended since. */
    static void deleteLeaving(CliSocket socket, Set<String> leaving) throws IOException {
        new RuntimeChange(socket, Map.of(), Map.of(), leaving).deleteLeaving();
    }
}
