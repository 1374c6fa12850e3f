package dev.sidecar;

/** The version of Sidecar, from the manifest of the jar it was loaded from. */
public final class Version {

    private Version() {}

    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
