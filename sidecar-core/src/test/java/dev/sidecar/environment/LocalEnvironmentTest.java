package dev.sidecar.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.linux.Tree;
import dev.sidecar.redaction.Secrets;
import dev.sidecar.runtime.AppRoot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalEnvironmentTest {

    private static final String ID = "0123456789abcdef".repeat(4);
    private static final String CGROUP2 = "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n";

    @TempDir
    Path root;

    private Tree tree;

    @BeforeEach
    void setUp() {
        tree = new Tree(root);
    }

    private EnvironmentFacts facts(Map<String, String> variables) {
        return new LocalEnvironment(
                        "fallback",
                        AppRoot.thisProcess(),
                        EnvironmentOptions.defaults(),
                        new Secrets(List.of("pin"), List.of("card-\\d+")),
                        tree.files(),
                        variables)
                .facts();
    }

    @ParameterizedTest
    @CsvSource({
        "docker,      /docker/ID",
        "docker,      /system.slice/docker-ID.scope",
        "containerd,  /kubepods.slice/kubepods-pod1.slice/cri-containerd-ID.scope",
        "containerd,  /kubepods/burstable/pod1/ID",
        "cri-o,       /kubepods.slice/kubepods-pod1.slice/crio-ID.scope",
        "podman,      /user.slice/user-1000.slice/user@1000.service/user.slice/libpod-ID.scope/container"
    })
    void knowsTheRuntimeByThePathOfTheGroup(String runtime, String path) {
        tree.with("/proc/self/cgroup", "0::" + path.replace("ID", ID) + "\n").with("/proc/self/mountinfo", CGROUP2);

        ContainerFacts container = facts(Map.of()).container();

        assertThat(container.runtime()).isEqualTo(runtime);
        assertThat(container.id()).isEqualTo(ID);
    }

    @ParameterizedTest
    @CsvSource({
        "docker,     /var/lib/docker/containers/ID/hostname",
        "podman,     /var/lib/containers/storage/overlay-containers/ID/userdata/hostname",
        "containerd, /var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes/ID/hostname"
    })
    void knowsTheRuntimeByItsMountsWhereTheGroupHidesIt(String runtime, String source) {
        tree.with("/proc/self/cgroup", "0::/\n")
                .with(
                        "/proc/self/mountinfo",
                        CGROUP2 + "61 23 8:1 " + source.replace("ID", ID) + " /etc/hostname rw - ext4 /dev/sda1 rw\n");

        ContainerFacts container = facts(Map.of()).container();

        assertThat(container.runtime()).isEqualTo(runtime);
        assertThat(container.id()).isEqualTo(ID);
    }

    @Test
    void readsWhatPodmanLeavesBehind() {
        tree.with("/run/.containerenv", "engine=\"podman-4.3.1\"\nname=\"web\"\nid=\"" + ID + "\"\n");

        ContainerFacts container = facts(Map.of("container", "podman")).container();

        assertThat(container.runtime()).isEqualTo("podman");
        assertThat(container.id()).isEqualTo(ID);
        assertThat(container.name()).isEqualTo("web");
    }

    @Test
    void outsideOfAContainerThereAreTheLimitsOfTheControlGroup() {
        tree.with("/proc/self/cgroup", "0::/system.slice/orders.service\n")
                .with("/proc/self/mountinfo", CGROUP2)
                .with("/sys/fs/cgroup/system.slice/orders.service/memory.max", "1024\n")
                .with("/proc/meminfo", "MemTotal:        2048 kB\n");

        EnvironmentFacts facts = facts(Map.of());

        assertThat(facts.container().runtime()).isEqualTo("none");
        assertThat(facts.container().limits().memoryBytes()).isEqualTo(1024);
        assertThat(facts.host().memoryBytes()).isEqualTo(2048 * 1024);
    }

    @Test
    void knowsThePodByItsAccountItsFilesAndItsVariables() {
        String claims = "{\"kubernetes.io\":{\"namespace\":\"shop\",\"pod\":{\"name\":\"orders-1\",\"uid\":\"u-1\"},"
                + "\"serviceaccount\":{\"name\":\"orders\"}}}";
        String token = "e30." + Base64.getUrlEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".x";
        tree.with("/var/run/secrets/kubernetes.io/serviceaccount/namespace", "shop")
                .with("/var/run/secrets/kubernetes.io/serviceaccount/token", token)
                .with("/etc/podinfo/labels", "app=\"orders\"\ntier=\"a \\\"b\\\"\"\n");

        KubernetesFacts pod = facts(Map.of(
                        "KUBERNETES_SERVICE_HOST", "10.0.0.1", "KUBERNETES_SERVICE_PORT", "443", "NODE_NAME", "n1"))
                .kubernetes();

        assertThat(pod.namespace()).isEqualTo("shop");
        assertThat(pod.podName()).isEqualTo("orders-1");
        assertThat(pod.podUid()).isEqualTo("u-1");
        assertThat(pod.serviceAccount()).isEqualTo("orders");
        assertThat(pod.nodeName()).isEqualTo("n1");
        assertThat(pod.apiServer()).isEqualTo("10.0.0.1:443");
        assertThat(pod.labels()).containsEntry("app", "orders").containsEntry("tier", "a \"b\"");
    }

    @ParameterizedTest
    @CsvSource({
        "DB_PASSWORD, x",
        "STRIPE_KEY, x",
        "SECRET_KEY_BASE, x",
        "GITHUB_TOKEN, x",
        "pin, 1234",
        "PLAIN, wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "SOMETHING, ghp_abcdefghijklmnopqrstuvwxyz0123456789",
        "VAULT, hvs.CAESIJ1234567890abcdefghijklmnop",
        "MAIL, 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",
        "SOMETHING, 9f86d081884c7d659a2feaa0c55ad015"
    })
    void hidesSecretsByNameAndByForm(String name, String value) {
        assertThat(facts(Map.of(name, value)).variables()).containsEntry(name, "[REDACTED]");
    }

    @ParameterizedTest
    @CsvSource({
        "PATH, /usr/bin:/bin",
        "PWD, /srv/orders",
        "HOSTNAME, orders-5d9f7b6c8-abcde",
        "JAVA_HOME, /usr/lib/jvm/java-17-openjdk-amd64",
        "LANG, C.UTF-8",
        "GIT_COMMIT, 72fa4b3e0c55ad0159f86d081884c7d659a2feaa"
    })
    void leavesWhatIsNoSecret(String name, String value) {
        assertThat(facts(Map.of(name, value)).variables()).containsEntry(name, value);
    }

    @Test
    void hidesTheKeyOfAnAccountInAConnectionString() {
        assertThat(facts(Map.of("STORAGE", "AccountName=shop;AccountKey=Eby8vdM02xNO==;Suffix=core"))
                        .variables())
                .containsEntry("STORAGE", "AccountName=shop;AccountKey=[REDACTED];Suffix=core");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serve --password sesame --port 80 | serve --password [REDACTED] --port 80",
                "serve --token=sesame -v | serve --token=[REDACTED] -v",
                "curl -u ali:sesame http://db | curl -u ali:[REDACTED] http://db",
                "psql --user ali -h db | psql --user ali -h db",
                "run password=sesame x=y | run password=[REDACTED] x=y"
            })
    void hidesSecretsInArgumentsAndInACommandLineThatIsOneArgument(String plain, String shown) {
        VariableSecrets secrets = new VariableSecrets(new Secrets(List.of(), List.of()));

        assertThat(secrets.redactArguments(List.of(plain.split(" ")))).containsExactly(shown.split(" "));
        assertThat(secrets.redactArguments(List.of("sh", "-c", plain + " & wait")))
                .containsExactly("sh", "-c", shown + " & wait");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "echo 'a b' | echo 'a b'",
                "sh -c 'serve --password sesame' | sh -c 'serve --password [REDACTED]'",
                "sh -c \"sh -c 'serve --password sesame'\" | sh -c \"sh -c 'serve --password [REDACTED]'\"",
                "serve --password 'se same' -v | serve --password [REDACTED] -v",
                "x='a b' don't --password sesame | x='a b' don't --password [REDACTED]",
                "' ' ' | ' ' '"
            })
    void knowsWhatIsQuoted(String plain, String shown) {
        VariableSecrets secrets = new VariableSecrets(new Secrets(List.of(), List.of()));

        assertThat(secrets.redactArguments(List.of("sh", "-c", plain))).containsExactly("sh", "-c", shown);
        assertThat(secrets.redact(Map.of("ARGS", plain))).containsEntry("ARGS", shown);
    }

    @Test
    void bearsLongArguments() {
        VariableSecrets secrets = new VariableSecrets(new Secrets(List.of(), List.of()));
        String json = "{\"a\": 'b', ".repeat(20_000);

        assertThat(secrets.redactArguments(List.of(json, "x ".repeat(50_000), "' ".repeat(50_001))))
                .hasSize(3);
        assertThat(secrets.redact(Map.of("ARGS", json))).containsEntry("ARGS", json);
    }

    @Test
    void hidesOnlyTheSecretPartOfAUrl() {
        assertThat(facts(Map.of("DATABASE_URL", "postgres://ali:sesame@db:5432/orders"))
                        .variables())
                .containsEntry("DATABASE_URL", "postgres://[REDACTED]@db:5432/orders");
    }
}
