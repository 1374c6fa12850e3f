package dev.sidecar.tck;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints, after a run, which delivery keeps which clause. Found by the platform itself; a run without clauses prints
 * nothing.
 */
public final class ClauseTable implements TestExecutionListener {

    private static final String PASS = "pass";
    private static final String FAIL = "FAIL";
    private static final String NOT_APPLICABLE = "n.a.";

    private final Map<String, Row> rows = new TreeMap<>();

    private record Row(String wording, boolean mayDiffer, Map<String, String> outcomes) {}

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        boolean aborted = result.getStatus() == TestExecutionResult.Status.ABORTED;
        note(test, passed ? PASS : aborted ? NOT_APPLICABLE : FAIL);
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        note(test, NOT_APPLICABLE);
    }

    private void note(TestIdentifier test, String outcome) {
        Optional<MethodSource> source =
                test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast);
        if (source.isEmpty()) {
            return;
        }
        Method method = source.get().getJavaMethod();
        Clause clause = method.getAnnotation(Clause.class);
        @Nullable
        String delivery = AnnotationSupport.findAnnotation(source.get().getJavaClass(), DeliveredBy.class)
                .map(DeliveredBy::value)
                .orElse(null);
        if (clause == null || delivery == null) {
            return;
        }
        rows.computeIfAbsent(
                        clause.value(),
                        id -> new Row(wording(method), !clause.mayDiffer().isEmpty(), new TreeMap<>()))
                .outcomes()
                .merge(delivery, outcome, ClauseTable::worse);
    }

    private static String worse(String one, String other) {
        return one.equals(FAIL) || other.equals(FAIL) ? FAIL : one.equals(PASS) ? one : other;
    }

    /** {@code keepsOrder} as {@code keeps order}. */
    public static String wording(Method method) {
        return method.getName()
                .replaceAll("([A-Z])", " $1")
                .replace('_', ' ')
                .toLowerCase(Locale.ROOT)
                .strip();
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        if (!rows.isEmpty()) {
            System.out.println(render());
        }
    }

    private String render() {
        TreeSet<String> deliveries = new TreeSet<>();
        rows.values().forEach(row -> deliveries.addAll(row.outcomes().keySet()));
        int width = rows.values().stream()
                .mapToInt(row -> row.wording().length() + 2)
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Conformance: clauses x deliveries (* may differ between deliveries, and says how)");
        lines.add(line("", "clause", width, deliveries, deliveries.stream().toList()));
        rows.forEach((id, row) -> lines.add(line(
                id,
                row.wording() + (row.mayDiffer() ? " *" : ""),
                width,
                deliveries,
                deliveries.stream()
                        .map(d -> row.outcomes().getOrDefault(d, NOT_APPLICABLE))
                        .toList())));
        return String.join(System.lineSeparator(), lines);
    }

    private static String line(String id, String text, int width, TreeSet<String> deliveries, List<String> cells) {
        StringBuilder line = new StringBuilder(String.format("%-8s%-" + width + "s", id, text));
        int column = 0;
        for (String delivery : deliveries) {
            line.append("  ").append(String.format("%-" + delivery.length() + "s", cells.get(column++)));
        }
        return line.toString().stripTrailing();
    }
}
