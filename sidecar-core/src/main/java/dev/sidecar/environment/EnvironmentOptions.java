package dev.sidecar.environment;

/**
 * {@code sidecar.environment.*}.
 *
 * @param enabled without it nothing is read and nothing is told
 * @param downwardApi directory of the downward API's files in a pod
 */
public record EnvironmentOptions(boolean enabled, String downwardApi) {

    public static EnvironmentOptions defaults() {
        return new EnvironmentOptions(true, "/etc/podinfo");
    }
}
