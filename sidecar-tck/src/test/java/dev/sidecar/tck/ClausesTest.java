package dev.sidecar.tck;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.tck.wire.WireContract;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

class ClausesTest {

    private static final Path README = Path.of("README.md");

    private static Stream<Method> clauses() {
        return contracts()
                .flatMap(contract -> Arrays.stream(contract.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Clause.class));
    }

    private static Stream<Class<?>> contracts() {
        return ReflectionSupport.findAllClassesInPackage("dev.sidecar.tck", Class::isInterface, name -> true).stream();
    }

    @Test
    void everyTestOfAContractIsAClause() {
        assertThat(contracts()
                        .flatMap(contract -> ReflectionSupport.findMethods(
                                contract, m -> m.isAnnotationPresent(Test.class), HierarchyTraversalMode.TOP_DOWN)
                                .stream()))
                .isNotEmpty()
                .allMatch(method -> method.isAnnotationPresent(Clause.class));
    }

    @Test
    void anIdIsGivenOncePerHalf() {
        Map<Boolean, List<String>> halves = clauses()
                .collect(groupingBy(
                        method -> WireContract.class.isAssignableFrom(method.getDeclaringClass()),
                        Collectors.mapping(
                                method -> method.getAnnotation(Clause.class).value(), Collectors.toList())));

        assertThat(halves.get(false)).isNotEmpty().doesNotHaveDuplicates();
        assertThat(halves.get(true)).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void bothHalvesOfAnIdHaveTheSameWording() {
        clauses()
                .collect(groupingBy(
                        method -> method.getAnnotation(Clause.class).value(),
                        Collectors.mapping(ClauseTable::wording, Collectors.toSet())))
                .forEach((id, wordings) -> assertThat(wordings).as(id).hasSize(1));
    }

    @Test
    void theReadmeListsEveryClause() throws Exception {
        String list = Stream.of("SIDE", "LOG", "DIS", "HEA", "WDG", "RES", "CFG", "ENV", "MON")
                .map(ClausesTest::list)
                .collect(joining("\n"));

        assertThat(Files.readString(README))
                .as("put this into README.md:\n%s", list)
                .contains(list);
    }

    private static String list(String prefix) {
        Map<String, String> lines = new TreeMap<>();
        clauses()
                .filter(m -> m.getAnnotation(Clause.class).value().startsWith(prefix + "-"))
                .forEach(method -> {
                    Clause clause = method.getAnnotation(Clause.class);
                    String differs = clause.mayDiffer().isEmpty() ? "" : " (may differ: " + clause.mayDiffer() + ")";
                    lines.merge(
                            clause.value(),
                            "- `" + clause.value() + "` " + ClauseTable.wording(method) + differs,
                            (one, other) -> one.length() >= other.length() ? one : other);
                });
        String title = Map.of(
                        "SIDE",
                        "The sidecar as a whole",
                        "LOG",
                        "Logging",
                        "DIS",
                        "Discovery",
                        "HEA",
                        "Health",
                        "WDG",
                        "Watchdog",
                        "RES",
                        "Resilience",
                        "CFG",
                        "Configuration",
                        "ENV",
                        "Environment",
                        "MON",
                        "Monitor")
                .getOrDefault(prefix, prefix);
        return "### " + title + "\n" + String.join("\n", lines.values()) + "\n";
    }
}
