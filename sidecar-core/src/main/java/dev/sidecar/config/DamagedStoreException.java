package dev.sidecar.config;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The file is not a whole database. */
final class DamagedStoreException extends SQLException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Object identity;

    DamagedStoreException(@Nullable Object identity, SQLException cause) {
        super(cause.getMessage(), cause);
        this.identity = identity;
    }

    /** Of the file that is damaged. */
    @Nullable
    Object identity() {
        return identity;
    }
}
