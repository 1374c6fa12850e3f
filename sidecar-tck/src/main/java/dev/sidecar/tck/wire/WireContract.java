package dev.sidecar.tck.wire;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/** What a test class gives to the wire half of the contracts. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public interface WireContract {

    /** To the v1 API, with whatever lets it in. */
    RawHttp http();

    /** Whether the listener asks for a token and looks at {@code Host}; a Unix socket does neither. */
    boolean guarded();
}
