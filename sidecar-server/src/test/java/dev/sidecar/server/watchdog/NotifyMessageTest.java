package dev.sidecar.server.watchdog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.watchdog.AppPhase;
import dev.sidecar.watchdog.Notice;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NotifyMessageTest {

    private static List<Notice> parse(String text) {
        return NotifyMessage.parse(text.getBytes(UTF_8));
    }

    @Test
    void readsEveryAssignmentOfADatagramInOrder() {
        assertThat(parse("READY=1\nSTATUS=ten clients\nMAINPID=4711\nWATCHDOG=1\n"))
                .containsExactly(
                        new Notice.Phase(AppPhase.READY),
                        new Notice.Status("ten clients"),
                        new Notice.MainPid(4711),
                        new Notice.Heartbeat());
    }

    @Test
    void knowsTheRestOfTheProtocol() {
        assertThat(parse("RELOADING=1\nMONOTONIC_USEC=12")).containsExactly(new Notice.Phase(AppPhase.RELOADING));
        assertThat(parse("STOPPING=1")).containsExactly(new Notice.Phase(AppPhase.STOPPING));
        assertThat(parse("WATCHDOG=trigger")).containsExactly(new Notice.Trigger());
        assertThat(parse("WATCHDOG_USEC=1500000")).containsExactly(new Notice.Timeout(Duration.ofMillis(1500)));
        assertThat(parse("EXTEND_TIMEOUT_USEC=30000000")).containsExactly(new Notice.Extend(Duration.ofSeconds(30)));
        assertThat(parse("ERRNO=2")).containsExactly(new Notice.Errno(2));
        assertThat(parse("STATUS=a=b")).containsExactly(new Notice.Status("a=b"));
    }

    @Test
    void passesOverWhatItDoesNotKnowOrWhatMakesNoSense() {
        assertThat(parse("FDSTORE=1\nBARRIER=1\nX_MINE=1\nREADY=0\nREADY=yes\nMAINPID=0\nMAINPID=-1\nMAINPID=x\n"
                        + "ERRNO=99999999999\nWATCHDOG_USEC=-1\nWATCHDOG=2\n=1\nnothing\n\n"))
                .isEmpty();
    }

    @Test
    void bearsTimesThatMeanForEver() {
        assertThat(parse("EXTEND_TIMEOUT_USEC=18446744073709551615")).hasSize(1);
    }

    @Test
    void survivesAnyBytes() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            assertThat(NotifyMessage.parse(bytes)).isNotNull();
        }
    }
}
