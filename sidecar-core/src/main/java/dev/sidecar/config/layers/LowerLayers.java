package dev.sidecar.config.layers;

import dev.sidecar.SidecarException;
import dev.sidecar.config.ConfigLayer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the layers below the store. */
public final class LowerLayers {

    /** The origin of {@code sidecar.config.defaults}. */
    public static final String DEFAULT = "default";

    /** The origin of {@code sidecar.config.values}, in whatever file or option they are. */
    public static final String SIDECAR_YML = "sidecar.yml";

    private LowerLayers() {}

    /**
     * The lowest first. They read now, and start a thread when somebody listens to their changes.
     *
     * @param variables of the environment
     * @throws SidecarException {@code invalid-configuration} that names the property
     */
    public static List<ConfigLayer> of(LayerOptions options, Map<String, String> variables) {
        List<ConfigLayer> layers = new ArrayList<>();
        if (!options.defaults().isEmpty()) {
            layers.add(new FixedLayer(DEFAULT, options.defaults()));
        }
        if (!options.values().isEmpty()) {
            layers.add(new FixedLayer(SIDECAR_YML, options.values()));
        }
        if (!options.files().isEmpty()) {
            layers.add(new FilesLayer(places(options.files()), Clock.systemUTC()));
        }
        layers.add(new EnvironmentLayer(variables, options.environment(), List.copyOf(layers)));
        return layers;
    }

    private static List<Place> places(List<String> files) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            places.add(place("sidecar.config.files[" + i + "]", files.get(i)));
        }
        return places;
    }

    private static Place place(String property, String text) {
        Path path;
        try {
            boolean home = text.equals("~") || text.startsWith("~/");
            path = Path.of(home ? System.getProperty("user.home") + text.substring(1) : text)
                    .toAbsolutePath()
                    .normalize();
        } catch (InvalidPathException e) {
            throw refused(property, text);
        }
        if (text.isBlank()) {
            throw refused(property, text);
        }
        Optional<FileFormat> format = FileFormat.of(path.toString());
        if (format.isPresent() && !Files.isDirectory(path)) {
            return new DocumentFile(path, format.get());
        }
        if (Files.isRegularFile(path)) {
            throw refused(property, text);
        }
        return new KeyDirectory(path);
    }

    private static SidecarException refused(String property, String path) {
        return SidecarException.invalid(
                "invalid-configuration",
                property + ": '" + path + "' is not allowed; give a .properties, .yml, .yaml or .json file,"
                        + " or a directory with a file for each key");
    }
}
