package dev.sidecar.server.compare;

import dev.sidecar.json.SidecarJson;
import dev.sidecar.runtime.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ArrayNode;

/** The same from languages for which there is no library: whichever of them this machine has. */
final class OtherClients {

    private static final Map<String, String> SCRIPTS = Map.of("node", "client.js", "python3", "client.py");

    private final Bed bed;
    private final int millis;

    /**
     * @param millis that count, of each operation by each way
     */
    OtherClients(Bed bed, int millis) {
        this.bed = bed;
        this.millis = millis;
    }

    /** One after the other against one sidecar; a language that is not there is left out. */
    ArrayNode measure(Beside sidecar) throws IOException {
        ArrayNode all = Json.array();
        for (Map.Entry<String, String> script : SCRIPTS.entrySet()) {
            if (Commands.find(script.getKey()).isPresent()) {
                Path directory = bed.fresh();
                Path file = directory.resolve(script.getValue());
                try (InputStream in = OtherClients.class.getResourceAsStream(script.getValue())) {
                    Files.copy(Objects.requireNonNull(in), file);
                }
                try (Child child = bed.start(
                        List.of(
                                script.getKey(),
                                file.toString(),
                                sidecar.socket().toString(),
                                sidecar.url(),
                                sidecar.token(),
                                Integer.toString(millis)),
                        Map.of(),
                        directory.resolve("stderr"))) {
                    all.add(SidecarJson.mapper().readTree(child.readLine()));
                }
            }
        }
        return all;
    }
}
