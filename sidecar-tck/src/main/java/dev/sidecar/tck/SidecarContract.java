package dev.sidecar.tck;

import dev.sidecar.Sidecar;
import dev.sidecar.runtime.SidecarHome;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/**
 * What a test class gives to the contracts it implements. The subject is set up as {@link Setup} says; it may be
 * the same for all tests of a class: each uses names of its own and clears up.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public interface SidecarContract {

    /** The subject. */
    Sidecar sidecar();

    /** Where the subject keeps what it shares with others of the host. */
    SidecarHome home();
}
