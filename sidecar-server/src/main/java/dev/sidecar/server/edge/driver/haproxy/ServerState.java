package dev.sidecar.server.edge.driver.haproxy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One server as a running HAProxy has it ({@code show servers state}).
 *
 * @param admin flags of what an operator said; 0 for nothing, the first bit for maintenance
 */
record ServerState(String address, int port, int admin, int weight) {

    boolean serves(ServerLine wanted) {
        boolean named = !wanted.address().matches("[0-9.]+|.*:.*");
        boolean disabled = wanted.options().contains("disabled");
        return (named || address.equals(wanted.address()))
                && port == wanted.port()
                && (disabled || admin == 0)
                && weight == wanted.weight();
    }

    boolean inMaintenance() {
        return (admin & 1) != 0;
    }

    static Map<String, ServerState> parse(String answer) {
        Map<String, ServerState> states = new LinkedHashMap<>();
        List<String> columns = List.of();
        for (String line : answer.lines().toList()) {
            if (line.startsWith("# ")) {
                columns = Arrays.asList(line.substring(2).strip().split(" "));
            } else if (!columns.isEmpty() && !line.isBlank()) {
                List<String> fields = Arrays.asList(line.strip().split(" "));
                states.put(
                        text(fields, columns, "be_name") + "/" + text(fields, columns, "srv_name"),
                        new ServerState(
                                text(fields, columns, "srv_addr"),
                                number(fields, columns, "srv_port"),
                                number(fields, columns, "srv_admin_state"),
                                number(fields, columns, "srv_uweight")));
            }
        }
        return states;
    }

    private static String text(List<String> fields, List<String> columns, String column) {
        int at = columns.indexOf(column);
        return at < 0 || at >= fields.size() ? "" : fields.get(at);
    }

    private static int number(List<String> fields, List<String> columns, String column) {
        String text = text(fields, columns, column);
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }
}
