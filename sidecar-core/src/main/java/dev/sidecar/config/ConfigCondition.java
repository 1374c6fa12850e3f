package dev.sidecar.config;

/** What must be so for a write to be done. */
public sealed interface ConfigCondition {

    /** Always done. */
    record Any() implements ConfigCondition {}

    /** Only where the store has no value. */
    record Absent() implements ConfigCondition {}

    /** Only where the store has a value. */
    record Present() implements ConfigCondition {}

    /** Only where this is the current version and no deletion. */
    record Version(long version) implements ConfigCondition {}

    static ConfigCondition any() {
        return new Any();
    }

    static ConfigCondition absent() {
        return new Absent();
    }

    static ConfigCondition present() {
        return new Present();
    }

    static ConfigCondition version(long version) {
        return new Version(version);
    }
}
