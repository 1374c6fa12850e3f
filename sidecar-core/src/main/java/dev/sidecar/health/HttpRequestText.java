package dev.sidecar.health;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an http check sends: made once, when the check is defined, so that a bad header is refused then. */
final class HttpRequestText {

    private static final String URL_FORM = "an http or https URL such as http://127.0.0.1:3000/health";

    /** A token of RFC 9110. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7E\\t]*");

    /** These say how the message is framed, which is not the operator's to say. */
    private static final Set<String> OURS =
            Set.of("connection", "content-length", "transfer-encoding", "upgrade", "te");

    private HttpRequestText() {}

    static String of(CheckDefinition definition, URI url) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Host", url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort()));
        headers.put("User-Agent", "sidecar-health");
        headers.put("Accept", "*/*");
        if (url.getRawUserInfo() != null) {
            byte[] user = url.getUserInfo().getBytes(StandardCharsets.UTF_8);
            headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(user));
        }
        Map<String, String> given = definition.headers() == null ? Map.of() : definition.headers();
        given.forEach((name, value) -> headers.put(checked(definition, name, value), value));
        headers.put("Connection", "close");
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        StringBuilder text = new StringBuilder("GET " + URI.create(path + query).toASCIIString() + " HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").toString();
    }

    static URI url(CheckDefinition definition) {
        String text = definition.url();
        if (text == null) {
            throw CheckRules.refused(definition, "url", null, URL_FORM);
        }
        try {
            URI url = URI.create(text);
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (http && url.getHost() != null && url.getPort() != 0 && url.getPort() <= 65535) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Said below, with what would have been right.
        }
        throw CheckRules.refused(definition, "url", withoutSecrets(text), URL_FORM);
    }

    private static String checked(CheckDefinition definition, @Nullable String name, @Nullable String value) {
        boolean fits = name != null
                && value != null
                && NAME.matcher(name).matches()
                && VALUE.matcher(value).matches()
                && !OURS.contains(name.toLowerCase(Locale.ROOT));
        if (name == null || !fits) {
            throw CheckRules.refused(
                    definition,
                    "headers",
                    name,
                    "a name and a value of printable ASCII, and not Connection, Content-Length, Transfer-Encoding,"
                            + " Upgrade or TE");
        }
        return name;
    }

    private static String withoutSecrets(String url) {
        return url.replaceFirst("//[^/]*@", "//…@").replaceFirst("\\?.*", "?…");
    }
}
