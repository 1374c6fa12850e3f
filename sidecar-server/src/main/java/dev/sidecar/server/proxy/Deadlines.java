package dev.sidecar.server.proxy;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A wheel of time-outs for one event loop: to set one for each request costs a field, and nothing ticks while there is
 * none. A time-out that is moved to later stays where it is linked until the wheel comes by.
 */
final class Deadlines {

    private final EventLoop loop;
    private final long tickNanos;
    private final Deadline[] slots;
    private long tick;
    private int size;
    private boolean ticking;

    Deadlines(EventLoop loop, long tickNanos, int slotCount) {
        this.loop = loop;
        this.tickNanos = tickNanos;
        this.slots = new Deadline[slotCount];
        for (int i = 0; i < slotCount; i++) {
            Deadline head = new Deadline(() -> {});
            head.before = head;
            head.after = head;
            slots[i] = head;
        }
        this.tick = System.nanoTime() / tickNanos;
    }

    /** Comes after {@code delayNanos}, instead of when it would have come. */
    void set(Deadline deadline, long delayNanos) {
        set(deadline, delayNanos, System.nanoTime());
    }

    void set(Deadline deadline, long delayNanos, long now) {
        deadline.at = now + delayNanos;
        if (deadline.linked && deadline.due <= deadline.at) {
            return;
        }
        unlink(deadline);
        if (!ticking) {
            tick = now / tickNanos;
        }
        link(deadline);
        if (!ticking) {
            ticking = true;
            schedule();
        }
    }

    private void schedule() {
        loop.schedule(this::tick, tickNanos, TimeUnit.NANOSECONDS);
    }

    private void tick() {
        long now = System.nanoTime();
        long until = now / tickNanos;
        // After a long pause one turn of the wheel sees everything.
        tick = Math.max(tick, until - slots.length);
        while (tick < until) {
            tick++;
            sweep(slots[Math.floorMod(tick, slots.length)], now);
        }
        ticking = size > 0;
        if (ticking) {
            schedule();
        }
    }

    private void sweep(Deadline head, long now) {
        @Nullable Deadline next = head.after;
        while (next != null && next != head) {
            Deadline deadline = next;
            next = deadline.after;
            if (deadline.due > now) {
                continue;
            }
            unlink(deadline);
            if (deadline.at <= now) {
                deadline.at = Deadline.NEVER;
                deadline.action.run();
                // The action may have unlinked the neighbour that was next: begin again.
                next = head.after;
            } else if (deadline.at != Deadline.NEVER) {
                link(deadline);
            }
        }
    }

    private void link(Deadline deadline) {
        long dueTick = Math.min(deadline.at / tickNanos + 1, tick + slots.length - 1);
        dueTick = Math.max(dueTick, tick + 1);
        deadline.due = dueTick * tickNanos;
        Deadline head = slots[Math.floorMod(dueTick, slots.length)];
        Deadline last = head.before;
        deadline.before = last;
        deadline.after = head;
        if (last != null) {
            last.after = deadline;
        }
        head.before = deadline;
        deadline.linked = true;
        size++;
    }

    private void unlink(Deadline deadline) {
        if (!deadline.linked) {
            return;
        }
        if (deadline.before != null && deadline.after != null) {
            deadline.before.after = deadline.after;
            deadline.after.before = deadline.before;
        }
        deadline.before = null;
        deadline.after = null;
        deadline.linked = false;
        size--;
    }
}
