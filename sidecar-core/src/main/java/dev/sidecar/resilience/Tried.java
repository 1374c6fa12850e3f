package dev.sidecar.resilience;

import java.util.Arrays;

/** Whom a call has been sent to already. Immutable. */
final class Tried {

    static final Tried NONE = new Tried();

    private final Member[] members;

    private Tried(Member... members) {
        this.members = members;
    }

    boolean has(Member member) {
        for (Member each : members) {
            if (each == member) {
                return true;
            }
        }
        return false;
    }

    Tried and(Member member) {
        Member[] more = Arrays.copyOf(members, members.length + 1);
        more[members.length] = member;
        return new Tried(more);
    }
}
