package dev.sidecar.discovery;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the table in line with the directory, and removes files whose lease has ended. Whoever notices first
 * removes; all do the same, so no one needs to be in charge.
 */
final class RegistryMirror {

    /** Rubbish that may be another host's, or worth a look by a person, stays at least so long. */
    private static final Duration RUBBISH_AGE = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(RegistryMirror.class);

    private final RegistryDirectory directory;
    private final ServiceTable table;
    private final LeaseClock clock;
    private final @Nullable LeaseOwner self;
    private final Consumer<Set<String>> changes;
    private final Map<String, Known> known = new HashMap<>();
    private volatile @Nullable Instant staleSince;

    /** What was last read under a name; the fingerprint is null when it came by an event. */
    private record Known(@Nullable Object fingerprint, RegistryFile file) {}

    /** Changes are told with the names of the services, without a lock held. */
    RegistryMirror(
            RegistryDirectory directory,
            ServiceTable table,
            LeaseClock clock,
            @Nullable LeaseOwner self,
            Consumer<Set<String>> changes) {
        this.directory = directory;
        this.table = table;
        this.clock = clock;
        this.self = self;
        this.changes = changes;
    }

    /** Since when the directory cannot be read; null when it can. Until then nothing is taken from the table. */
    @Nullable
    Instant staleSince() {
        return staleSince;
    }

    /** Reads every file that is not the one it was. */
    void rescan() {
        Set<String> changed = new HashSet<>();
        synchronized (this) {
            try {
                Map<String, Object> found = directory.list();
                for (Map.Entry<String, Object> entry : found.entrySet()) {
                    rescan(entry.getKey(), entry.getValue(), changed);
                }
                for (String gone : Set.copyOf(known.keySet())) {
                    if (!found.containsKey(gone)) {
                        take(gone, null, new RegistryFile.Absent(), changed);
                    }
                }
                readable();
            } catch (IOException e) {
                unreadable(e);
            }
        }
        publish(changed);
    }

    private void rescan(String name, Object fingerprint, Set<String> changed) throws IOException {
        if (StagingSweep.isStaging(name)) {
            StagingSweep.sweep(directory.path().resolve(name));
            return;
        }
        Known before = known.get(name);
        if (before == null || !fingerprint.equals(before.fingerprint())) {
            take(name, fingerprint, directory.read(name), changed);
        }
    }

    /** Reads the files with these names. */
    void refresh(Collection<String> names) {
        Set<String> changed = new HashSet<>();
        synchronized (this) {
            try {
                for (String name : names) {
                    if (!StagingSweep.isStaging(name)) {
                        take(name, null, directory.read(name), changed);
                    }
                }
            } catch (IOException e) {
                unreadable(e);
            }
        }
        publish(changed);
    }

    /** Takes rows from the table whose lease ended, so that a list is exact when it is read. */
    void expire() {
        if (staleSince == null) {
            publish(table.expire(clock.millis()));
        }
    }

    /** Looks for leases that ended and owners that died, and removes their files. */
    void sweep() {
        if (staleSince != null) {
            return;
        }
        Set<String> changed = new HashSet<>();
        synchronized (this) {
            Map<LeaseOwner, Boolean> gone = new HashMap<>();
            for (Map.Entry<String, Known> entry : Map.copyOf(known).entrySet()) {
                if (isRubbish(entry.getValue().file(), gone)) {
                    remove(entry.getKey(), changed);
                }
            }
        }
        publish(changed);
    }

    synchronized long damaged() {
        return known.values().stream()
                .filter(k -> k.file() instanceof RegistryFile.Damaged)
                .count();
    }

    private void take(String name, @Nullable Object fingerprint, RegistryFile file, Set<String> changed) {
        Known before = file instanceof RegistryFile.Absent
                ? known.remove(name)
                : known.put(name, new Known(fingerprint, file));
        if (file instanceof RegistryFile.Present present && present.row().isLive(clock, self)) {
            if (table.put(present.row())) {
                changed.add(present.row().instance().service());
            }
            return;
        }
        if (before != null && before.file() instanceof RegistryFile.Present was) {
            ServiceInstance instance = was.row().instance();
            if (table.remove(instance.service(), instance.instance())) {
                changed.add(instance.service());
            }
        }
        if (file instanceof RegistryFile.Damaged damaged
                && !(before != null && before.file() instanceof RegistryFile.Damaged)) {
            LOG.warn("Ignored '{}' in the registry: {}", name, damaged.reason());
        }
    }

    private void remove(String name, Set<String> changed) {
        try {
            directory.remove(name, file -> isRubbish(file, new HashMap<>()));
            take(name, null, directory.read(name), changed);
        } catch (IOException e) {
            LOG.debug("Could not remove '{}' from the registry", name, e);
        }
    }

    private boolean isRubbish(RegistryFile file, Map<LeaseOwner, Boolean> gone) {
        Instant old = clock.wall().minus(RUBBISH_AGE);
        if (file instanceof RegistryFile.Damaged damaged) {
            return damaged.ours() && damaged.modifiedAt().isBefore(old);
        }
        if (file instanceof RegistryFile.Present present) {
            RegistryRow row = present.row();
            if (!row.isOfThisBoot(clock)) {
                // Perhaps of a living host that shares the directory over a network.
                return row.instance().expiresAt().isBefore(old);
            }
            return row.endsAtMs() <= clock.millis()
                    || (row.owner() != null && gone.computeIfAbsent(row.owner(), o -> o.isGone(self)));
        }
        return false;
    }

    private void readable() {
        if (staleSince != null) {
            staleSince = null;
            LOG.info("The registry can be read again");
        }
    }

    private void unreadable(IOException e) {
        if (staleSince == null) {
            staleSince = clock.wall();
            LOG.warn("The registry cannot be read, the last known lists are used: {}", e.toString());
        }
    }

    private void publish(Set<String> services) {
        if (!services.isEmpty()) {
            changes.accept(services);
        }
    }
}
