package dev.sidecar.config.layers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Something on the disk that has values. For one thread at a time. */
interface Place {

    /** As in an origin. */
    Path path();

    /**
     * What it has now, each value with the path that it is from.
     *
     * @throws IOException that says why that cannot be known
     */
    Map<String, Found> read() throws IOException;

    /** Directories in which something happens when this changes. */
    List<Path> watched();

    /** A value, and the file it is from. */
    record Found(JsonNode value, Path file) {}
}
