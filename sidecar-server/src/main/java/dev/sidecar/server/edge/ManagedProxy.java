package dev.sidecar.server.edge;

import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import dev.sidecar.server.edge.ProxyView.Event;
import dev.sidecar.server.edge.apply.Apply;
import dev.sidecar.server.edge.apply.Candidate;
import dev.sidecar.server.edge.apply.EdgeState;
import dev.sidecar.server.edge.apply.Guards;
import dev.sidecar.server.edge.apply.LastGood;
import dev.sidecar.server.edge.apply.Outcome;
import dev.sidecar.server.edge.apply.Quiescence;
import dev.sidecar.server.edge.apply.Step;
import dev.sidecar.server.edge.driver.Driver;
import dev.sidecar.server.edge.driver.Pause;
import dev.sidecar.server.edge.file.Target;
import dev.sidecar.server.edge.input.Inputs;
import dev.sidecar.server.edge.input.Server;
import dev.sidecar.server.edge.input.World;
import dev.sidecar.server.edge.process.OwnProcess;
import dev.sidecar.server.edge.template.TemplateProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One proxy and the cycle it goes through: watch, render, candidate, validated, applied, confirmed. All work is done
 * by one thread in order; what others see is the last state as a whole.
 */
final class ManagedProxy implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ManagedProxy.class);
    private static final Duration STOP_GRACE = Duration.ofSeconds(5);
    private static final long TICK_MILLIS = 1000;

    private final String name;
    private final ProxyProperties properties;
    private final Inputs inputs;
    private final Renderer renderer;
    private final Driver driver;
    private final Target target;
    private final LastGood good;
    private final Guards guards;
    private final Apply apply;
    private final OwnProcess own;
    private final EdgeMeters meters;
    private final ProxyWorker worker;
    private final Quiescence quiescence;
    private final History history = new History();
    private final Retry retry = new Retry();

    private volatile ProxyStatus status = ProxyStatus.first();
    private @Nullable Subscription watching;
    // Of the worker alone:
    private boolean reloadNeeded;
    private boolean wasRunning = true;
    private String stamp = "";
    private long lastReload = System.nanoTime() - Duration.ofDays(1).toNanos();

    /** What a proxy is made of. */
    record Parts(
            Inputs inputs,
            Renderer renderer,
            Driver driver,
            LastGood good,
            Guards guards,
            OwnProcess own,
            EdgeMeters meters) {}

    ManagedProxy(String name, ProxyProperties properties, Parts parts, ScheduledExecutorService timer) {
        this.name = name;
        this.properties = properties;
        this.inputs = parts.inputs();
        this.renderer = parts.renderer();
        this.driver = parts.driver();
        this.good = parts.good();
        this.guards = parts.guards();
        this.meters = parts.meters();
        this.target = new Target(properties.destination());
        this.worker = new ProxyWorker(name, timer);
        this.quiescence = new Quiescence(
                properties.quiescence().min(), properties.quiescence().max());
        this.apply = new Apply(target, driver, good, this::step);
        this.own = parts.own();
    }

    /** Ends what a killed process had begun, then watches. */
    void start() {
        meters.bind(() -> status.state(), () -> status.count());
        worker.submit(this::recover);
        watching = inputs.watch(this::changed);
        worker.every(TICK_MILLIS, this::tick);
        changed();
    }

    private void recover() {
        try {
            reloadNeeded = apply.recover();
            if (reloadNeeded) {
                LOG.warn("edge {}: an apply that was interrupted has been undone", name);
            }
            String content = good.content();
            status = status.knowing(content.isEmpty() ? null : generation(content), good.servers());
            wasRunning = driver.running();
            // What a proxy that is not there has read is not known.
            reloadNeeded |= !wasRunning;
            stamp = stamp();
        } catch (IOException e) {
            reloadNeeded = true;
            LOG.error("edge {}: what an interrupted apply left cannot be put right: {}", name, e.getMessage());
        }
    }

    private static String generation(String content) {
        int at = content.indexOf("generation ");
        return at >= 0
                        && content.length() >= at + 23
                        && content.substring(at + 11, at + 23).matches("[0-9a-f]{12}")
                ? content.substring(at + 11, at + 23)
                : Candidate.digest(content);
    }

    private void changed() {
        lookIn(quiescence.changed(System.nanoTime()));
    }

    private void lookIn(long nanos) {
        worker.in(nanos, this::look);
    }

    private void look() {
        quiescence.settled();
        try {
            attempt(false, false);
        } catch (RuntimeException e) {
            LOG.error("edge {}: our fault", name, e);
            Guards.Passed unknown = new Guards.Passed(Map.of(), List.of());
            ended(new Outcome.Rejected("internal", e.toString(), ""), new Tried("", "internal", unknown), 0);
        }
    }

    /** Once a second: does the proxy run, did a file change, is it time to try again? */
    private void tick() {
        own.look();
        boolean running = driver.running();
        if (!running) {
            lost();
            running = startIfWanted();
        }
        if (running && !wasRunning) {
            LOG.info("edge {}: the proxy is there", name);
            // It has read the file; that it serves it is seen when it is told once more.
            retry.now();
            changed();
        }
        wasRunning = running;
        String now = stamp();
        if (!now.equals(stamp)) {
            stamp = now;
            changed();
        }
    }

    /** Of every file that matters: inputs, templates, and the target, which somebody may have changed or removed. */
    private String stamp() {
        Set<Path> more = new HashSet<>(renderer.read());
        more.add(properties.destination().toAbsolutePath());
        if (!properties.builtin()) {
            more.add(Path.of(properties.template()).toAbsolutePath().normalize());
        }
        return inputs.stamp(more);
    }

    private void lost() {
        if (!wasRunning) {
            return;
        }
        wasRunning = false;
        reloadNeeded = true;
        Outcome gone = new Outcome.Pending("the proxy does not run", own.end());
        LOG.warn("edge {}: the proxy is gone {}", name, gone.message());
        if (status.state() != EdgeState.WATCHING) {
            String generation = status.generation();
            status = status.pending(history.add(gone, generation == null ? "" : generation, "", 0));
        }
    }

    /** Where the sidecar runs the proxy and there is a file; false when it does not come up. */
    private boolean startIfWanted() {
        try {
            return own.wanted() && target.read() != null && own.ensure(() -> worker.submit(this::tick)) && comesUp();
        } catch (IOException e) {
            LOG.error("edge {}: cannot start {}: {}", name, properties.start().get(0), e.getMessage());
            return false;
        }
    }

    private boolean comesUp() {
        Pause.until(properties.timeout(), () -> driver.running() || !own.alive());
        return driver.running();
    }

    private void step(Step step) {
        if (step == Step.CHECKED) {
            status = status.in(EdgeState.VALIDATED);
        } else if (step == Step.INSTALLED) {
            status = status.in(EdgeState.APPLIED);
        }
        LOG.debug("edge {}: {}", name, step);
    }

    /** Renders what the world is now and applies it if it is new and may be. */
    private Outcome attempt(boolean operator, boolean force) {
        if (good.pinned() && !operator) {
            return rest(new Outcome.Held(EdgeState.PINNED, "rolled back by an operator; 'apply' goes on"), List.of());
        }
        World world = inputs.read();
        Guards.Passed passed = guards.pass(world.services(), status.servers(), force);
        if (passed.empty() && !force && status.servers().isEmpty()) {
            return rest(new Outcome.Held(EdgeState.WATCHING, "no instance has been seen yet"), List.of());
        }
        Candidate candidate;
        try {
            candidate = renderer.render(world, passed.servers());
        } catch (TemplateProblem e) {
            String message = String.valueOf(e.getMessage());
            return ended(
                    new Outcome.Rejected("render", message, ""), new Tried("", Candidate.digest(message), passed), 0);
        }
        return attempt(candidate, passed, operator);
    }

    private Outcome attempt(Candidate candidate, Guards.Passed passed, boolean operator) {
        String current;
        try {
            String read = target.read();
            current = read == null ? "" : read;
            if (candidate.content().equals(current) && current.equals(good.content()) && !reloadNeeded) {
                retry.end();
                return rest(new Outcome.Unchanged(), passed.held());
            }
        } catch (IOException e) {
            current = "";
        }
        long now = System.nanoTime();
        long pause = retry.pause(candidate.generation(), now);
        if (!operator && pause > 0) {
            lookIn(pause);
            return new Outcome.Held(status.state(), "waits before it tries again");
        }
        boolean reloads = reloadNeeded || driver.reloads(current, candidate.content());
        long wait = lastReload + properties.interval().toNanos() - now;
        if (reloads && wait > 0 && !operator) {
            lookIn(wait);
            if (!retry.isOf(candidate.generation())) {
                status = status.in(EdgeState.CANDIDATE);
            }
            return new Outcome.Held(EdgeState.CANDIDATE, "the last reload is not long enough ago");
        }
        return run(candidate, passed, current);
    }

    private record Tried(String diff, String generation, Guards.Passed passed) {}

    private Outcome run(Candidate candidate, Guards.Passed passed, String current) {
        String diff = TextDiff.of(String.valueOf(properties.destination().getFileName()), current, candidate.content());
        status = status.in(EdgeState.CANDIDATE);
        long begin = System.nanoTime();
        Outcome outcome = apply.run(candidate, reloadNeeded);
        if (outcome instanceof Outcome.Pending && own.wanted()) {
            outcome = startOwn(outcome, candidate);
        }
        long took = System.nanoTime() - begin;
        boolean runtime = outcome instanceof Outcome.Confirmed confirmed
                && confirmed.how().equals("runtime");
        boolean loaded = !(outcome instanceof Outcome.Rejected);
        if (loaded && !runtime) {
            lastReload = System.nanoTime();
        }
        if (outcome instanceof Outcome.Confirmed || outcome instanceof Outcome.Applied) {
            reloadNeeded = false;
        } else if (loaded) {
            reloadNeeded = true;
        }
        meters.ended(outcome, Duration.ofNanos(took));
        return ended(outcome, new Tried(diff, candidate.generation(), passed), took / 1_000_000);
    }

    /** The file is in its place, so the proxy reads it as it starts; then it is confirmed like any other. */
    private Outcome startOwn(Outcome pending, Candidate candidate) {
        try {
            if (own.ensure(() -> worker.submit(this::tick)) && comesUp()) {
                wasRunning = true;
                return apply.run(candidate, true);
            }
            own.look();
            return new Outcome.Pending(pending.reason(), own.end());
        } catch (IOException e) {
            return new Outcome.Pending("cannot start " + properties.start().get(0), String.valueOf(e.getMessage()));
        }
    }

    private Outcome ended(Outcome outcome, Tried tried, long tookMs) {
        Event event = history.add(outcome, tried.generation(), tried.diff(), tookMs);
        Instant retryAt = null;
        if (outcome.failed()) {
            Duration delay = retry.failed(tried.generation(), System.nanoTime());
            retryAt = Instant.now().plus(delay);
            lookIn(delay.toNanos());
            if (event.attempts() == 1) {
                LOG.warn("edge {}: {}: {} {}", name, outcome.state().word(), outcome.reason(), outcome.message());
            }
        } else {
            retry.end();
            LOG.info(
                    "edge {}: generation {} {} in {} ms, {} servers",
                    name,
                    tried.generation(),
                    outcome.state().word(),
                    tookMs,
                    tried.passed().count());
        }
        status = status.after(outcome, event, tried.generation(), tried.passed(), retryAt);
        return outcome;
    }

    /** Nothing was done. */
    private Outcome rest(Outcome outcome, List<Guards.Hold> held) {
        ProxyStatus next = status.resting(outcome, held);
        if (next.state() == EdgeState.HELD && status.state() != EdgeState.HELD) {
            LOG.warn("edge {}: {}", name, next.waiting());
        }
        status = next;
        boolean kept = outcome instanceof Outcome.Unchanged && !held.isEmpty();
        return kept ? new Outcome.Held(EdgeState.HELD, held.get(0).detail()) : outcome;
    }

    /** Applies now, without waiting for quiet or for the interval. */
    Outcome apply(boolean force) {
        return worker.ask(() -> {
            good.pin(false);
            return attempt(true, force);
        });
    }

    /** Goes back to the configuration before the last good one and stays there. Null when there is none. */
    @Nullable
    Outcome rollback() {
        return worker.ask(() -> {
            String previous = good.previous();
            if (previous.isEmpty()) {
                return null;
            }
            Map<String, List<Server>> servers = good.previousServers();
            String read = target.read();
            Outcome outcome = run(
                    new Candidate(previous, generation(previous), servers),
                    new Guards.Passed(servers, List.of()),
                    read == null ? "" : read);
            if (!outcome.failed()) {
                good.pin(true);
                status = status.in(EdgeState.PINNED);
            }
            return outcome;
        });
    }

    /** What would be written now, and how it differs from what is. */
    Preview preview() {
        return worker.ask(() -> {
            World world = inputs.read();
            Guards.Passed passed = guards.pass(world.services(), status.servers(), false);
            try {
                Candidate candidate = renderer.render(world, passed.servers());
                String read = target.read();
                return new Preview(
                        candidate.generation(),
                        candidate.content(),
                        TextDiff.of(
                                String.valueOf(properties.destination().getFileName()),
                                read == null ? "" : read,
                                candidate.content()),
                        passed.held());
            } catch (TemplateProblem e) {
                throw SidecarException.invalid("edge-template", String.valueOf(e.getMessage()));
            }
        });
    }

    /**
     * A rendering that is not applied.
     *
     * @param diff empty when it is what is there
     */
    record Preview(String generation, String content, String diff, List<Guards.Hold> held) {}

    String name() {
        return name;
    }

    ProxyView view() {
        return ProxyView.of(name, properties, status, inputs.read(), history.latestFirst());
    }

    /** Stops watching; what is served stays. A proxy that the sidecar runs ends with it. */
    @Override
    public void close() {
        if (watching != null) {
            watching.close();
        }
        worker.close();
        own.stop(STOP_GRACE);
    }
}
