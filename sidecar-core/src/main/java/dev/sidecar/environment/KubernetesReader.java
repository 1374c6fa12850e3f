package dev.sidecar.environment;

import dev.sidecar.json.SidecarJson;
import dev.sidecar.linux.LinuxFiles;
import dev.sidecar.linux.Mount;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a pod can know of itself: the service account mounted into it (of whose token only the names inside are read),
 * the downward API's files, its variables by their customary names, and the pod's uid in the mount table.
 */
final class KubernetesReader {

    private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final List<String> PREFIXES = List.of("", "MY_", "K8S_", "KUBERNETES_", "KUBE_");

    private static final Pattern POD_MOUNT =
            Pattern.compile("/pods/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/");

    private static final Pattern PAIR = Pattern.compile("^([^=]+)=\"(.*)\"$");

    private final LinuxFiles files;
    private final String podInfo;

    KubernetesReader(LinuxFiles files, String podInfo) {
        this.files = files;
        this.podInfo = podInfo;
    }

    /** Null outside of Kubernetes. */
    @Nullable
    KubernetesFacts read(String process, Map<String, String> variables) {
        String apiServer = apiServer(variables);
        String namespace = files.word(ACCOUNT + "/namespace");
        if (apiServer == null && namespace == null) {
            return null;
        }
        JsonNode claims = claims(files.word(ACCOUNT + "/token"));
        return new KubernetesFacts(
                first(namespace, file("namespace"), variable(variables, "POD_NAMESPACE", "NAMESPACE")),
                first(variable(variables, "POD_NAME"), file("name"), claim(claims, "/pod/name")),
                first(variable(variables, "POD_UID"), file("uid"), claim(claims, "/pod/uid"), mountedUid(process)),
                first(variable(variables, "POD_IP"), file("podIP"), file("ip")),
                first(variable(variables, "NODE_NAME"), file("nodeName"), claim(claims, "/node/name")),
                first(variable(variables, "HOST_IP", "NODE_IP"), file("hostIP")),
                first(
                        claim(claims, "/serviceaccount/name"),
                        variable(variables, "SERVICE_ACCOUNT", "POD_SERVICE_ACCOUNT"),
                        file("serviceAccountName")),
                apiServer,
                pairs("labels"),
                pairs("annotations"));
    }

    private static @Nullable String apiServer(Map<String, String> variables) {
        String host = variables.get("KUBERNETES_SERVICE_HOST");
        String port = variables.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        return host == null ? null : (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** What the token says it is for; its signature is neither read nor checked. */
    private static JsonNode claims(@Nullable String token) {
        try {
            String[] parts = token == null ? new String[0] : token.split("\\.");
            if (parts.length == 3) {
                byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
                return SidecarJson.mapper()
                        .readTree(new String(payload, StandardCharsets.UTF_8))
                        .path("kubernetes.io");
            }
        } catch (IllegalArgumentException | JacksonException e) {
            // Then it is no token of the form that is documented.
        }
        return SidecarJson.mapper().createObjectNode();
    }

    private static @Nullable String claim(JsonNode claims, String pointer) {
        JsonNode claim = claims.at(pointer);
        return claim.isString() ? claim.asString() : null;
    }

    private @Nullable String file(String name) {
        return files.word(podInfo + "/" + name);
    }

    private static @Nullable String variable(Map<String, String> variables, String... names) {
        for (String name : names) {
            for (String prefix : PREFIXES) {
                String value = variables.get(prefix + name);
                if (value != null && !value.isBlank()) {
                    return value;
                }
            }
        }
        return null;
    }

    private @Nullable String mountedUid(String process) {
        for (Mount mount : Mount.all(files, process)) {
            Matcher matcher = POD_MOUNT.matcher(mount.root());
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        return null;
    }

    /** {@code key="value"} a line, the value escaped as in Go. */
    private Map<String, String> pairs(String name) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String line : files.lines(podInfo + "/" + name)) {
            Matcher matcher = PAIR.matcher(line);
            if (matcher.matches()) {
                pairs.put(
                        matcher.group(1),
                        matcher.group(2)
                                .replace("\\\"", "\"")
                                .replace("\\n", "\n")
                                .replace("\\\\", "\\"));
            }
        }
        return pairs;
    }

    private static @Nullable String first(@Nullable String... candidates) {
        for (String candidate : candidates) {
            if (candidate != null) {
                return candidate;
            }
        }
        return null;
    }
}
