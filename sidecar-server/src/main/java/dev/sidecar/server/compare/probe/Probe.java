package dev.sidecar.server.compare.probe;

import dev.sidecar.Sidecar;
import dev.sidecar.json.SidecarJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The application of a comparison, in a process of its own: the same program, started the same way, whichever delivery
 * it uses. It takes one command a line from standard input and answers each with one line of JSON; when its input ends,
 * so does it.
 */
public final class Probe {

    private final PrintStream out;
    private final Map<String, Operation> operations;

    private Probe(PrintStream out, Map<String, Operation> operations) {
        this.out = out;
        this.operations = operations;
    }

    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        // Whatever logs to standard output must not get between the answers.
        System.setOut(System.err);
        Setting setting = Setting.fromProperties();
        @Nullable Sidecar sidecar = Deliveries.open(setting);
        Map<String, Operation> operations = Operations.of(setting, sidecar);
        out.println("ready");
        new Probe(out, operations).serve(setting.extraNanos());
        Runtime.getRuntime().halt(0);
    }

    private void serve(long extraNanos) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            Operation operation = operations.get(words[1]);
            if (operation == null) {
                out.println("{\"missing\":true}");
                continue;
            }
            Pace pace = new Pace(operation, extraNanos);
            Slice slice = words[0].equals("paced")
                    ? pace.atRate(Double.parseDouble(words[2]), Long.parseLong(words[3]))
                    : pace.backToBack(Long.parseLong(words[2]));
            out.println(SidecarJson.mapper().writeValueAsString(slice));
        }
    }
}
