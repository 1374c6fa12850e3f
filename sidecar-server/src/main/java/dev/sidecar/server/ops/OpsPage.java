package dev.sidecar.server.ops;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /} of the ops port: one file that holds no data and may be seen by anybody; its script asks the actuator
 * with the token of who looks at it. Only this very script and style run there: the policy has their hashes
 * (Content Security Policy Level 3).
 */
@RestController
final class OpsPage {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    /** Read on every call: it is seldom asked for, and then need not stay in memory. */
    @GetMapping("/")
    ResponseEntity<String> page() throws IOException {
        String page = read();
        return ResponseEntity.ok()
                .contentType(HTML)
                .header("Content-Security-Policy", policy(page))
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Frame-Options", "DENY")
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .body(page);
    }

    private static String read() throws IOException {
        try (InputStream page = Objects.requireNonNull(OpsPage.class.getResourceAsStream("page.html"))) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String policy(String page) {
        return "default-src 'none'; script-src " + hash(page, "script") + "; style-src " + hash(page, "style")
                + "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static String hash(String page, String element) {
        String begin = "<" + element + ">";
        String content = page.substring(page.indexOf(begin) + begin.length(), page.indexOf("</" + element + ">"));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
