package dev.sidecar.server.compare;

import com.sun.management.OperatingSystemMXBean;
import dev.sidecar.Version;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Where and with what it was measured. */
final class HostFacts {

    private HostFacts() {}

    static void describe(ObjectNode report, JavaCommand java, Plan plan) {
        report.put("createdAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        report.put("version", Version.current());
        ObjectNode host = report.putObject("host");
        host.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        host.put("arch", System.getProperty("os.arch"));
        host.put("cpus", Runtime.getRuntime().availableProcessors());
        host.put("cpuModel", cpuModel());
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean os) {
            host.put("memoryBytes", os.getTotalMemorySize());
        }
        host.put("java", System.getProperty("java.vendor") + " " + System.getProperty("java.version"));
        ObjectNode options = report.putObject("jvmOptions");
        options.put("app", String.join(" ", java.appOptions()));
        options.put("sidecar", withoutPaths(java.sidecarOptions()));
        ObjectNode node = report.putObject("plan");
        node.put("name", plan.name());
        node.put("rounds", plan.rounds());
        node.put("warmupMs", plan.warmupMillis());
        node.put("pacedMs", plan.pacedMillis());
        node.put("backToBackMs", plan.backToBackMillis());
        node.put("starts", plan.starts());
        node.put("experimentSeconds", plan.experimentSeconds());
        node.put("blockSeconds", plan.blockSeconds());
        node.put("spinSeconds", plan.spinSeconds());
        node.put("mostSeconds", plan.mostSeconds());
    }

    /** Where an archive lies says nothing to a reader of the report. */
    private static String withoutPaths(List<String> options) {
        return options.stream()
                .map(option -> option.replaceFirst("^(-XX:SharedArchiveFile=).*/", "$1"))
                .collect(Collectors.joining(" "));
    }

    /** What came of the plan. */
    static void addRounds(ObjectNode report, int rounds, List<String> experiments, List<String> languages) {
        ObjectNode plan = report.withObject("/plan");
        plan.put("roundsDone", rounds);
        ArrayNode leftOut = plan.putArray("leftOut");
        experiments.forEach(leftOut::add);
        languages.forEach(leftOut::add);
    }

    private static String cpuModel() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
