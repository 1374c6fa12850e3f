package dev.sidecar.server.offload.negotiation;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;

/** What a file is by the end of its name, and whether it is worth compressing. */
public final class MediaTypes {

    private static final Map<String, String> MORE = Map.of(
            "map", "application/json",
            "webmanifest", "application/manifest+json",
            "md", "text/markdown",
            "jsonl", "application/jsonl",
            "yaml", "application/yaml",
            "yml", "application/yaml",
            "toml", "application/toml",
            "br", "application/octet-stream",
            "gz", "application/gzip",
            "zst", "application/zstd");

    private static final Set<String> COMPRESSIBLE = Set.of(
            "application/javascript",
            "application/json",
            "application/jsonl",
            "application/manifest+json",
            "application/toml",
            "application/wasm",
            "application/xml",
            "application/yaml",
            "font/otf",
            "font/ttf",
            "image/bmp",
            "image/x-icon");

    private MediaTypes() {}

    /** The value of {@code Content-Type}. */
    public static String of(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String type = MORE.get(extension);
        if (type == null) {
            type = MediaTypeFactory.getMediaType(name).map(MediaType::toString).orElse("application/octet-stream");
        }
        return type.startsWith("text/") ? type + "; charset=utf-8" : type;
    }

    /** Whether compression makes content of that type smaller as a rule. */
    public static boolean compressible(String type) {
        int parameters = type.indexOf(';');
        String plain = parameters < 0 ? type : type.substring(0, parameters);
        return plain.startsWith("text/")
                || plain.endsWith("+xml")
                || plain.endsWith("+json")
                || COMPRESSIBLE.contains(plain);
    }
}
