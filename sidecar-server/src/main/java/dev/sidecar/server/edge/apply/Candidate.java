package dev.sidecar.server.edge.apply;

import dev.sidecar.server.edge.input.Server;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A rendered configuration.
 *
 * @param generation twelve hexadecimal digits that name the content
 * @param servers of each service that went into it
 */
public record Candidate(String content, String generation, Map<String, List<Server>> servers) {

    /** Stands for the generation while it is not known yet: it is made from all that is around it. */
    public static final String PLACEHOLDER = "generationplaceholder";

    private static final int DIGITS = 12;

    /** From what was rendered with the placeholder. */
    public static Candidate of(String rendered, Map<String, List<Server>> servers) {
        String generation = digest(rendered);
        return new Candidate(rendered.replace(PLACEHOLDER, generation), generation, servers);
    }

    /** A name for any content. */
    public static String digest(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
