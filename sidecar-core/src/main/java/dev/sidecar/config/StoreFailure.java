package dev.sidecar.config;

import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import java.sql.SQLException;
import org.sqlite.SQLiteException;

/** What SQLite says, by its primary result codes (sqlite.org/rescode.html), as what to do about it. */
enum StoreFailure {
    BUSY("config-store-busy", "others are writing to it for too long; try again"),
    FULL("config-store-full", "there is no space left for it; make some, it goes on by itself"),
    READ_ONLY("config-store-read-only", "it cannot be written; make sidecar.home writable, it goes on by itself"),
    DAMAGED("config-store-unavailable", "it is damaged and is set aside; try again"),
    UNAVAILABLE("config-store-unavailable", "check that sidecar.home is a writable directory with some space left");

    private final String code;
    private final String advice;

    StoreFailure(String code, String advice) {
        this.code = code;
        this.advice = advice;
    }

    static StoreFailure of(SQLException failure) {
        if (!(failure instanceof SQLiteException sqlite)) {
            return UNAVAILABLE;
        }
        return switch (sqlite.getResultCode().code & 0xff) {
            case 5, 6 -> BUSY;
            case 8 -> READ_ONLY;
            case 13 -> FULL;
            case 11, 26 -> DAMAGED;
            default -> UNAVAILABLE;
        };
    }

    SidecarException exception(Object store, Exception cause) {
        String said = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return new SidecarException(
                Problem.of(503, code, "the config store '" + store + "' failed: " + said + "; " + advice)
                        .retryAfter(1),
                cause);
    }
}
