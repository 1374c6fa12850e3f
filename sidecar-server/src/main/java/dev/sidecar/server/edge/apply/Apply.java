package dev.sidecar.server.edge.apply;

import dev.sidecar.server.edge.driver.Driver;
import dev.sidecar.server.edge.driver.Driver.Loaded;
import dev.sidecar.server.edge.driver.Driver.Verdict;
import dev.sidecar.server.edge.file.Journal;
import dev.sidecar.server.edge.file.StagingSweep;
import dev.sidecar.server.edge.file.Target;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One change of one proxy: staged, checked, put in its place, loaded, confirmed; or undone. Every step is written
 * down before it is taken, so that after a crash the next start can finish or undo it.
 */
public final class Apply {

    private final Target target;
    private final Driver driver;
    private final LastGood good;
    private final Journal journal;
    private final Consumer<Step> steps;

    /** @param steps is told of each step that was taken */
    public Apply(Target target, Driver driver, LastGood good, Consumer<Step> steps) {
        this.target = target;
        this.driver = driver;
        this.good = good;
        this.journal = good.journal();
        this.steps = steps;
    }

    /** @param whole whether the proxy is to read the file in any case */
    public Outcome run(Candidate candidate, boolean whole) {
        Path staged = null;
        try {
            String before = target.read();
            String served = good.content();
            journal.write(new Journal.Entry(candidate.generation(), before, false));
            good.prepare(candidate);
            steps.accept(Step.BEGUN);
            staged = target.stage(candidate.content());
            steps.accept(Step.STAGED);
            Verdict verdict = driver.check(staged, target.real());
            if (verdict instanceof Verdict.Failed failed) {
                return discard(staged, rejected(failed));
            }
            steps.accept(Step.CHECKED);
            journal.write(new Journal.Entry(candidate.generation(), before, true));
            steps.accept(Step.INSTALLING);
            return install(candidate, staged, before, new Served(served, whole || !served.equals(before)), verdict);
        } catch (IOException e) {
            return discard(staged, new Outcome.Rejected("write", target.path() + ": " + words(e), ""));
        }
    }

    /** What the proxy is known to have. */
    private record Served(String content, boolean uncertain) {}

    private Outcome install(Candidate candidate, Path staged, @Nullable String before, Served served, Verdict verdict) {
        Outcome outcome;
        try {
            target.install(staged);
            steps.accept(Step.INSTALLED);
            Verdict inPlace = verdict instanceof Verdict.OnlyInPlace ? driver.checkInPlace(target.real()) : verdict;
            if (inPlace instanceof Verdict.Failed failed) {
                return undo(before, rejected(failed));
            }
            Loaded loaded = driver.load(new Driver.Change(
                    target.real(), served.content(), candidate.content(), candidate.generation(), served.uncertain()));
            steps.accept(Step.LOADED);
            if (loaded instanceof Loaded.Refused refused) {
                return undo(before, new Outcome.RolledBack(refused.reason(), refused.message()));
            }
            outcome = outcome(loaded);
        } catch (IOException e) {
            return undo(before, new Outcome.Rejected("write", target.path() + ": " + words(e), ""));
        }
        try {
            if (!(outcome instanceof Outcome.Pending)) {
                good.keep();
            }
            steps.accept(Step.KEPT);
            journal.end();
            steps.accept(Step.ENDED);
            return outcome;
        } catch (IOException e) {
            return new Outcome.Applied("it serves, but that could not be written down: " + words(e));
        }
    }

    private static Outcome rejected(Verdict.Failed failed) {
        return new Outcome.Rejected("check", "the check failed", failed.message());
    }

    private static Outcome outcome(Loaded loaded) {
        if (loaded instanceof Loaded.Confirmed confirmed) {
            return new Outcome.Confirmed(confirmed.how());
        }
        if (loaded instanceof Loaded.Unconfirmed told) {
            return new Outcome.Applied(told.reason());
        }
        return new Outcome.Pending(((Loaded.NotRunning) loaded).reason(), "");
    }

    private Outcome discard(@Nullable Path staged, Outcome outcome) {
        try {
            if (staged != null) {
                Files.deleteIfExists(staged);
            }
            journal.end();
        } catch (IOException e) {
            // What stays is swept at the next start.
            return outcome;
        }
        return outcome;
    }

    private Outcome undo(@Nullable String before, Outcome outcome) {
        try {
            target.restore(before);
            if (before != null && outcome instanceof Outcome.RolledBack) {
                // It may have begun to take the new one, so it is told to take the old one again, and only then is
                // there nothing left to do for the next start.
                driver.load(new Driver.Change(target.real(), "", before, Candidate.digest(before), true));
            }
            journal.end();
            return outcome;
        } catch (IOException e) {
            return new Outcome.Rejected(
                    "write",
                    outcome.reason() + ", and the file before it could not be put back: " + words(e),
                    outcome.message());
        }
    }

    private static String words(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "the directory does not exist";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied for " + e.getMessage();
        }
        return String.valueOf(e.getMessage()).replace('\n', ' ');
    }

    /**
     * Ends what a killed process had begun.
     *
     * @return whether the proxy may have been told something else than what the file says
     */
    public boolean recover() throws IOException {
        Path directory = target.real().getParent();
        if (directory != null) {
            StagingSweep.sweep(directory);
        }
        driver.stagingDirectories().forEach(StagingSweep::sweep);
        Optional<Journal.Entry> open = journal.read();
        if (open.isEmpty()) {
            return false;
        }
        String read = target.read();
        good.finish(read);
        // The old content there does not say that the proxy has it: it may just have been put back when the kill came.
        if (open.get().installing() && !good.content().equals(read)) {
            target.restore(open.get().before());
        }
        journal.end();
        return open.get().installing();
    }
}
