package dev.sidecar.discovery;

import org.jspecify.annotations.Nullable;

/**
 * What one file of the registry holds.
 *
 * @param boot the boot whose clock {@code endsAtMs} is read from; empty where that is the wall clock
 * @param owner null where the writing process could not tell
 */
record RegistryRow(ServiceInstance instance, String boot, long endsAtMs, @Nullable LeaseOwner owner) {

    boolean isOfThisBoot(LeaseClock clock) {
        return boot.equals(clock.boot());
    }

    /** Whether the lease runs and its owner, where that can be seen, lives. */
    boolean isLive(LeaseClock clock, @Nullable LeaseOwner observer) {
        return isOfThisBoot(clock) && clock.millis() < endsAtMs && (owner == null || !owner.isGone(observer));
    }

    /** Whether a reader of the list would notice the difference; a renewal is none. */
    boolean looksLike(RegistryRow other) {
        ServiceInstance a = instance;
        ServiceInstance b = other.instance;
        return a.address().equals(b.address())
                && a.port() == b.port()
                && a.secure() == b.secure()
                && a.healthy() == b.healthy()
                && a.ttl().equals(b.ttl())
                && a.registeredAt().equals(b.registeredAt())
                && a.metadata().equals(b.metadata());
    }
}
