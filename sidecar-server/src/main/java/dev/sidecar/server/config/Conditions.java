package dev.sidecar.server.config;

import dev.sidecar.SidecarException;
import dev.sidecar.config.ConfigCondition;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code If-Match} and {@code If-None-Match} of a write (RFC 9110, 13.1), with versions as entity tags. */
final class Conditions {

    private static final Pattern VERSION = Pattern.compile("\"(\\d{1,18})\"|(\\d{1,18})");

    /** One of another kind, or a weak one, which never matches (RFC 9110, 8.8.3 and 13.1.1). */
    private static final Pattern OTHER_TAG = Pattern.compile("(W/)?\"[^\"\\p{Cntrl} ]*\"");

    private static final ConfigCondition NO_VERSION = ConfigCondition.version(0);

    private Conditions() {}

    static @Nullable String tag(@Nullable Long version) {
        return version == null ? null : "\"" + version + "\"";
    }

    static ConfigCondition of(HttpServletRequest request) {
        String match = request.getHeader("If-Match");
        String noneMatch = request.getHeader("If-None-Match");
        if (match != null && noneMatch != null) {
            throw refused("If-Match and If-None-Match", match + ", " + noneMatch, "one of the two");
        }
        if (noneMatch != null) {
            if (!noneMatch.trim().equals("*")) {
                throw refused("If-None-Match", noneMatch, "*, to create only");
            }
            return ConfigCondition.absent();
        }
        return match == null ? ConfigCondition.any() : version(match.trim());
    }

    private static ConfigCondition version(String match) {
        if (match.equals("*")) {
            return ConfigCondition.present();
        }
        Matcher tag = VERSION.matcher(match);
        if (!tag.matches()) {
            if (OTHER_TAG.matcher(match).matches()) {
                return NO_VERSION;
            }
            throw refused("If-Match", match, "one version in quotes such as \"3\", as the ETag has it, or *");
        }
        return ConfigCondition.version(Long.parseLong(tag.group(1) == null ? tag.group(2) : tag.group(1)));
    }

    private static SidecarException refused(String header, String value, String wanted) {
        return SidecarException.invalid("invalid-header", header + ": '" + value + "' is not allowed; give " + wanted);
    }
}
