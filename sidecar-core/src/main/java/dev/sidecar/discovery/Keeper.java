package dev.sidecar.discovery;

import dev.sidecar.Subscription;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One registration and the steps that mend it. The lock is held while the registry is asked or told. */
final class Keeper implements KeptRegistration {

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private final Discovery discovery;
    private final Runnable request;
    private final Consumer<Keeper> closing;
    private final Consumer<String> count;
    private final BackOff backOff = new BackOff();
    private volatile Registration wanted;
    private volatile boolean registered;
    /** Ours in the registry, as far as we know; false makes the next registration a claim. */
    private boolean claimed;

    private boolean yielded;
    private boolean closed;
    private long renewAtMs;
    private @Nullable Subscription changes;
    private @Nullable Registration written;

    Keeper(
            Discovery discovery,
            Registration wanted,
            Runnable request,
            Consumer<Keeper> closing,
            Consumer<String> count) {
        this.discovery = discovery;
        this.wanted = wanted;
        this.request = request;
        this.closing = closing;
        this.count = count;
    }

    @Override
    public Registration registration() {
        return wanted;
    }

    @Override
    public boolean registered() {
        return registered;
    }

    @Override
    public void update(UnaryOperator<Registration> change) {
        synchronized (this) {
            Registration changed = change.apply(wanted);
            if (!changed.service().equals(wanted.service())
                    || !changed.instance().equals(wanted.instance())) {
                throw new IllegalArgumentException("service and instance cannot change; keep another registration");
            }
            wanted = changed;
        }
        request.run();
    }

    long restMs() {
        return wanted.ttl().toMillis() / 6;
    }

    /** One look at the registry and at most one change of it. */
    synchronized void reconcile(boolean serving, boolean clockJumped) {
        long now = nowMs();
        if (closed || backOff.resting(now)) {
            return;
        }
        try {
            if (serving) {
                keepUp(now, clockJumped);
            } else if (claimed) {
                withdraw();
            }
            if (backOff.succeeded()) {
                LOG.info("The registry takes {} again", this);
            }
        } catch (RuntimeException e) {
            if (backOff.failed(now)) {
                LOG.warn("The registry does not take {}; it is tried again: {}", this, e.getMessage());
            }
            count.accept("failed");
        }
    }

    private void keepUp(long now, boolean clockJumped) {
        watch();
        ServiceInstances list = discovery.instances(wanted.service());
        Optional<Registration> found = found(list);
        boolean visible = list.staleSince() == null;
        if (!claimed) {
            register(now, "registered");
        } else if (!wanted.equals(written)) {
            register(now, "updated");
        } else if (visible && found.isEmpty()) {
            register(now, "restored");
        } else if (visible && !found.get().equals(written)) {
            yieldTo(found.get());
        } else if (now >= renewAtMs || clockJumped) {
            register(now, "renewed");
        } else {
            registered = true;
        }
    }

    private void register(long now, String action) {
        Registration asked = wanted;
        discovery.register(asked);
        if (yielded) {
            LOG.info("{} is registered again", this);
        }
        written = asked;
        claimed = true;
        registered = true;
        yielded = false;
        long third = asked.ttl().toMillis() / 3;
        // Never in step with others that started together.
        renewAtMs = now + third - ThreadLocalRandom.current().nextLong(third / 5 + 1);
        count.accept(action);
    }

    private void yieldTo(Registration other) {
        registered = false;
        if (!yielded) {
            yielded = true;
            count.accept("yielded");
            LOG.warn(
                    "{} was registered by somebody else as {}:{}; it is left to them until they are gone."
                            + " Give each instance a name of its own (sidecar.app.instance)",
                    this,
                    other.address(),
                    other.port());
        }
    }

    private void withdraw() {
        ServiceInstances list = discovery.instances(wanted.service());
        if (list.staleSince() != null
                || found(list).filter(r -> r.equals(written)).isPresent()) {
            discovery.deregister(wanted.service(), wanted.instance());
        }
        claimed = false;
        registered = false;
        yielded = false;
        count.accept("deregistered");
    }

    private Optional<Registration> found(ServiceInstances list) {
        return list.instances().stream()
                .filter(i -> i.instance().equals(wanted.instance()))
                .map(Registration::of)
                .findFirst();
    }

    private void watch() {
        if (changes == null) {
            changes = discovery.watch(wanted.service(), list -> request.run());
        }
    }

    @Override
    public void close() {
        Subscription watching;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            watching = changes;
            closing.accept(this);
            if (claimed) {
                try {
                    withdraw();
                } catch (RuntimeException e) {
                    LOG.warn("Could not deregister {}, its lease ends by itself: {}", this, e.getMessage());
                }
            }
        }
        if (watching != null) {
            watching.close();
        }
    }

    private static long nowMs() {
        return System.nanoTime() / 1_000_000;
    }

    @Override
    public String toString() {
        return wanted.service() + "/" + wanted.instance();
    }
}
