package dev.sidecar.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sidecar.Problem;
import dev.sidecar.Sidecar;
import dev.sidecar.SidecarException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.function.Consumer;

/** Holds the refusals of a subject against those of the engines themselves. */
public final class Refusals {

    private Refusals() {}

    /** The subject refuses the command with this code, and says the same as the engines say in this process. */
    public static void assertRefused(Sidecar subject, String code, Consumer<Sidecar> command) {
        Problem said = refusal(subject, command);
        assertThat(said.code()).as("code of: %s", said.detail()).isEqualTo(code);
        try (Sidecar reference = Setup.library(Files.createTempDirectory("tck-reference"))) {
            Problem expected = refusal(reference, command);
            assertThat(said.detail()).isEqualTo(expected.detail());
            assertThat(said.code()).isEqualTo(expected.code());
            assertThat(said.status()).isEqualTo(expected.status());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Problem refusal(Sidecar sidecar, Consumer<Sidecar> command) {
        Throwable thrown = catchThrowable(() -> command.accept(sidecar));
        assertThat(thrown).as("a refusal").isInstanceOf(SidecarException.class);
        return ((SidecarException) thrown).problem();
    }
}
