package dev.sidecar.server.watchdog;

import dev.sidecar.watchdog.AppPhase;
import dev.sidecar.watchdog.Notice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One datagram of the sd_notify protocol: assignments, one a line (sd_notify(3)). What is not known or does not make
 * sense is passed over, because a later systemd knows more.
 */
final class NotifyMessage {

    private static final int LONGEST_STATUS = 1024;

    private NotifyMessage() {}

    static List<Notice> parse(byte[] datagram) {
        List<Notice> notices = new ArrayList<>();
        for (String line : new String(datagram, StandardCharsets.UTF_8).split("\n")) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                notice(line.substring(0, equals), line.substring(equals + 1)).ifPresent(notices::add);
            }
        }
        return notices;
    }

    private static Optional<Notice> notice(String name, String value) {
        return switch (name) {
            case "READY" -> said(value, new Notice.Phase(AppPhase.READY));
            case "RELOADING" -> said(value, new Notice.Phase(AppPhase.RELOADING));
            case "STOPPING" -> said(value, new Notice.Phase(AppPhase.STOPPING));
            case "WATCHDOG" ->
                value.equals("trigger") ? Optional.of(new Notice.Trigger()) : said(value, new Notice.Heartbeat());
            case "STATUS" ->
                Optional.of(new Notice.Status(value.substring(0, Math.min(value.length(), LONGEST_STATUS))));
            case "WATCHDOG_USEC" -> duration(value).map(Notice.Timeout::new);
            case "EXTEND_TIMEOUT_USEC" -> duration(value).map(Notice.Extend::new);
            case "MAINPID" -> positive(value).map(Notice.MainPid::new);
            case "ERRNO" -> errno(value);
            default -> Optional.empty();
        };
    }

    private static Optional<Notice> said(String value, Notice notice) {
        return value.equals("1") ? Optional.of(notice) : Optional.empty();
    }

    private static Optional<Notice> errno(String value) {
        OptionalLong number = number(value);
        return number.isPresent() && number.getAsLong() <= Integer.MAX_VALUE
                ? Optional.of(new Notice.Errno((int) number.getAsLong()))
                : Optional.empty();
    }

    private static Optional<Long> positive(String value) {
        OptionalLong number = number(value);
        return number.isPresent() && number.getAsLong() > 0 ? Optional.of(number.getAsLong()) : Optional.empty();
    }

    /** The largest number stands for "for ever"; the deadline knows how to bear it. */
    private static Optional<Duration> duration(String micros) {
        OptionalLong number = number(micros);
        return number.isPresent()
                ? Optional.of(
                        Duration.ofSeconds(number.getAsLong() / 1_000_000, number.getAsLong() % 1_000_000 * 1_000))
                : Optional.empty();
    }

    private static OptionalLong number(String value) {
        try {
            long number = value.equals("18446744073709551615") ? Long.MAX_VALUE : Long.parseLong(value);
            return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
