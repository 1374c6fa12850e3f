package dev.sidecar.server.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {

    @TempDir
    Path directory;

    private Profile profile(String yaml) throws IOException {
        return Profile.read(Files.writeString(directory.resolve("profile.yml"), yaml));
    }

    @Test
    void changesThePlanAndLeavesTheRest() throws IOException {
        Plan plan = profile("plan: {rounds: 2, paced-ms: 40}").plan(Plan.QUICK);
        assertThat(plan.rounds()).isEqualTo(2);
        assertThat(plan.pacedMillis()).isEqualTo(40);
        assertThat(plan.starts()).isEqualTo(Plan.QUICK.starts());
    }

    @Test
    void theCommandLineWinsOverTheFile() throws IOException {
        Profile profile = profile("situation: {languages: [java, go], owner: other-team}");
        assertThat(profile.with(Map.of("owner", "same-team")).situation())
                .containsExactly(Map.entry("languages", "java,go"), Map.entry("owner", "same-team"));
    }

    @Test
    void namesAKeyItDoesNotKnowAndThoseItDoes() {
        assertThatThrownBy(() -> profile("plan: {laps: 2}"))
                .hasMessageContaining("'laps' is not known in plan")
                .hasMessageContaining("rounds");
        assertThatThrownBy(() -> profile("plan: {rounds: many}").plan(Plan.QUICK))
                .hasMessage("plan.rounds: 'many' is not allowed; give a number from 1");
        assertThatThrownBy(() -> profile("plan: [")).hasMessageContaining("is not YAML");
    }

    @Test
    void theSamplesOwnIsOne() throws IOException {
        UserApp app =
                Profile.read(Path.of("../samples/spring-orders/compare.yml")).app();
        assertThat(app).isNotNull();
        assertThat(app.requests()).extracting(UserRequest::title).contains("GET /orders");
    }

    @Test
    void oneNumberOfSecondsIsForEveryFault() throws IOException {
        Plan plan = profile("plan: {fault-seconds: 7, spin-seconds: 2}").plan(Plan.QUICK);
        assertThat(plan.blockSeconds()).isEqualTo(7);
        assertThat(plan.spinSeconds()).isEqualTo(2);
    }

    @Test
    void aFileThatIsNotThereOrHasNoTextIsNamed() throws IOException {
        assertThatThrownBy(() -> Profile.read(directory.resolve("none.yml"))).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> Profile.read(Files.write(directory.resolve("x.yml"), new byte[] {(byte) 0xc3, 0x28})))
                .hasMessageContaining("x.yml' is not");
    }
}
