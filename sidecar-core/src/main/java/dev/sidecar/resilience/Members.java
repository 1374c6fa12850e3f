package dev.sidecar.resilience;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The instances of an upstream that take traffic, at one moment. Immutable but for what the members count. */
final class Members {

    static final Members NONE = new Members(new Member[0], 0);

    /** Those of the preferred zone first. */
    private final Member[] all;

    private final int preferred;

    private Members(Member[] all, int preferred) {
        this.all = all;
        this.preferred = preferred;
    }

    /** The new list; members that stay keep what is known of them. */
    Members with(List<Instance> instances, @Nullable String zone) {
        List<Member> first = new ArrayList<>();
        List<Member> rest = new ArrayList<>();
        for (Instance instance : instances) {
            Member known = find(instance);
            boolean near = zone != null && zone.equals(instance.zone());
            (near ? first : rest).add(known == null ? new Member(instance) : known);
        }
        int preferred = first.size();
        first.addAll(rest);
        return new Members(first.toArray(Member[]::new), preferred);
    }

    private @Nullable Member find(Instance instance) {
        for (Member member : all) {
            if (member.instance.equals(instance)) {
                return member;
            }
        }
        return null;
    }

    int size() {
        return all.length;
    }

    List<Member> all() {
        return List.of(all);
    }

    int ejected(long now) {
        int ejected = 0;
        for (Member member : all) {
            if (member.isEjected(now)) {
                ejected++;
            }
        }
        return ejected;
    }

    /**
     * The one to call: of the zone if one of it is fit, one not yet tried if there is such, an ejected one only when
     * there are no others.
     */
    @Nullable
    Member pick(Balancer balancer, Tried tried, long key, long now) {
        if (all.length == 0) {
            return null;
        }
        if (all.length == 1) {
            return all[0];
        }
        Member near = preferred == 0 ? null : pick(preferred, balancer, tried, key, now);
        if (near != null) {
            return near;
        }
        Member fit = pick(all.length, balancer, tried, key, now);
        if (fit != null) {
            return fit;
        }
        Member again = pick(all.length, balancer, Tried.NONE, key, now);
        return again != null ? again : all[balancer.choose(all, all.length, key, now)];
    }

    private @Nullable Member pick(int within, Balancer balancer, Tried tried, long key, long now) {
        int unfit = 0;
        for (int i = 0; i < within; i++) {
            if (isUnfit(all[i], tried, now)) {
                unfit++;
            }
        }
        if (unfit == within) {
            return null;
        }
        if (unfit == 0) {
            return within == 1 ? all[0] : all[balancer.choose(all, within, key, now)];
        }
        // The rare way, so it may copy.
        Member[] fit = Arrays.stream(all, 0, within)
                .filter(member -> !isUnfit(member, tried, now))
                .toArray(Member[]::new);
        if (fit.length == 0) {
            return null;
        }
        return fit.length == 1 ? fit[0] : fit[balancer.choose(fit, fit.length, key, now)];
    }

    private static boolean isUnfit(Member member, Tried tried, long now) {
        return member.isEjected(now) || tried.has(member);
    }
}
