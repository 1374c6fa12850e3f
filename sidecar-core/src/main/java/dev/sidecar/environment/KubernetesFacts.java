package dev.sidecar.environment;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pod: from the service account, the downward API's files and variables, and the mount table.
 *
 * @param apiServer address of the API server
 */
public record KubernetesFacts(
        @Nullable String namespace,
        @Nullable String podName,
        @Nullable String podUid,
        @Nullable String podIp,
        @Nullable String nodeName,
        @Nullable String hostIp,
        @Nullable String serviceAccount,
        @Nullable String apiServer,
        Map<String, String> labels,
        Map<String, String> annotations) {

    public KubernetesFacts {
        labels = new TreeMap<>(labels);
        annotations = new TreeMap<>(annotations);
    }
}
