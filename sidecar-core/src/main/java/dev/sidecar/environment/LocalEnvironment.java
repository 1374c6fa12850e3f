package dev.sidecar.environment;

import dev.sidecar.LocalContext;
import dev.sidecar.linux.Cgroup;
import dev.sidecar.linux.CgroupCpu;
import dev.sidecar.linux.CgroupMemory;
import dev.sidecar.linux.CgroupTasks;
import dev.sidecar.linux.LinuxFiles;
import dev.sidecar.redaction.Secrets;
import dev.sidecar.runtime.AppRoot;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Facts found out on this host, anew for each question. Thread-safe. */
public final class LocalEnvironment implements Environment {

    private final String hostName;
    private final AppRoot app;
    private final LinuxFiles files;
    private final Map<String, String> own;
    private final VariableSecrets secrets;
    private final HostFactsReader host;
    private final ProcessFactsReader processes;
    private final ContainerDetection containers;
    private final KubernetesReader kubernetes;

    LocalEnvironment(
            String hostName,
            AppRoot app,
            EnvironmentOptions options,
            Secrets secrets,
            LinuxFiles files,
            Map<String, String> own) {
        this.hostName = hostName;
        this.app = app;
        this.files = files;
        this.own = Map.copyOf(own);
        this.secrets = new VariableSecrets(secrets);
        this.host = new HostFactsReader(files);
        this.processes = new ProcessFactsReader(files, this.secrets);
        this.containers = new ContainerDetection(files);
        this.kubernetes = new KubernetesReader(files, options.downwardApi());
    }

    /** The engine, or what stands for it when it is switched off. */
    public static Environment start(LocalContext context, EnvironmentOptions options, Secrets secrets) {
        return options.enabled()
                ? new LocalEnvironment(
                        context.identity().host(),
                        context.app(),
                        options,
                        secrets,
                        LinuxFiles.ofThisMachine(),
                        System.getenv())
                : new DisabledEnvironment();
    }

    @Override
    public EnvironmentFacts facts() {
        OptionalLong pid = app.pid();
        String process = pid.isPresent() && !app.isThisProcess() ? Long.toString(pid.getAsLong()) : "self";
        Map<String, String> variables = variables(pid);
        HostFacts machine = host.host(hostName);
        ZonedDateTime now = ZonedDateTime.now(ZoneId.systemDefault());
        return new EnvironmentFacts(
                machine,
                host.os(),
                container(process, variables),
                kubernetes.read(process, variables),
                new TimeZoneFacts(now.getZone().getId(), now.getOffset().getTotalSeconds()),
                user(process, variables),
                pid.isPresent() ? processes.process(pid.getAsLong(), machine.bootedAt()) : null,
                secrets.redact(variables));
    }

    /** The application's own, as it was started; ours where those may not be read. */
    private Map<String, String> variables(OptionalLong pid) {
        if (pid.isEmpty() || app.isThisProcess()) {
            return own;
        }
        Map<String, String> theirs = processes.variables(pid.getAsLong());
        return theirs == null ? own : theirs;
    }

    private UserFacts user(String process, Map<String, String> variables) {
        UserFacts user = processes.user(process, variables);
        return user.name() == null && process.equals("self")
                ? new UserFacts(System.getProperty("user.name"), user.uid(), user.gid(), user.home())
                : user;
    }

    private @Nullable ContainerFacts container(String process, Map<String, String> variables) {
        Cgroup group = Cgroup.of(files, process).orElse(null);
        ContainerDetection.Found found = containers.detect(process, group, variables);
        if (group == null) {
            return found.runtime().equals(ContainerFacts.NONE)
                    ? null
                    : new ContainerFacts(
                            found.runtime(),
                            found.id(),
                            found.name(),
                            null,
                            null,
                            new ContainerFacts.Limits(null, null, null, null, null, null));
        }
        CgroupCpu cpu = CgroupCpu.read(files, group);
        CgroupMemory memory = CgroupMemory.read(files, group);
        return new ContainerFacts(
                found.runtime(),
                found.id(),
                found.name(),
                group.version(),
                group.path(),
                new ContainerFacts.Limits(
                        cpu.limitCores(),
                        cpu.weight(),
                        cpu.cpuset(),
                        memory.limitBytes(),
                        memory.swapLimitBytes(),
                        CgroupTasks.read(files, group).limit()));
    }
}
