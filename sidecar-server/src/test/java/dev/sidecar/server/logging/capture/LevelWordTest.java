package dev.sidecar.server.logging.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.logging.Severity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LevelWordTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ERROR foo failed                                      | ERROR
            [warn] disk is nearly full                            | WARN
            [ERROR] foo                                           | ERROR
            error: cannot open file                               | ERROR
            Error: cannot open file                               | ERROR
            info: listening on 3000                               | INFO
            WARNING:root:disk is nearly full                      | WARN
            ERROR:app.db:gone                                     | ERROR
            INFO:     Uvicorn running on http://0.0.0.0:8000      | INFO
            2026-01-31 12:00:00,123 - app - DEBUG - loaded        | DEBUG
            2026-01-31T12:00:00.123Z  INFO 12 --- [main] c.e.App  | INFO
            2026-01-31 12:00:00 [main] ERROR c.e.App - gone       | ERROR
            12:00:00.123 [main] WARN  c.e.App -- slow             | WARN
            [2026-01-31 12:00:00 +0000] [12] [CRITICAL] gone      | FATAL
            time="2026-01-31" level=info msg="listening"          | INFO
            level="error" msg="gone"                              | ERROR
            ts=1 lvl=dbug level=debug msg=x                       | DEBUG
            <3>disk failure                                       | ERROR
            <6>started                                            | INFO
            <30>started                                           | INFO
            E0131 12:00:00.000000    12 file.go:12] gone          | ERROR
            2026/01/31 12:00:00 [error] 12#0: *1 open() failed    | ERROR
            """)
    void isRecognised(String line, Severity severity) {
        LevelWord found = LevelWord.of(line.strip());

        assertThat(found).isNotNull();
        assertThat(found.severity()).isEqualTo(severity);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "listening on port 3000",
                "no errors found",
                "error handling is on",
                "Information about the ERROR of our ways",
                "0 errors, 1 warning",
                "GET /error HTTP/1.1",
                "<html>",
                "<999>x",
                "INFORMATION1",
                "level=",
                "   ",
                "[]",
                "errors: none"
            })
    void isNotSeenWhereThereIsNone(String line) {
        assertThat(LevelWord.of(line)).isNull();
    }
}
