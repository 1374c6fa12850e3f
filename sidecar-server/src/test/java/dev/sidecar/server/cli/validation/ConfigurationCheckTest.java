package dev.sidecar.server.cli.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationCheckTest {

    @TempDir
    Path directory;

    private List<String> check(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("sidecar.yml"), yaml);
        return ConfigurationCheck.create().check(file).stream()
                .map(finding -> finding.line() + ":" + finding.column() + (finding.error() ? " " : " warning: ")
                        + finding.detail())
                .toList();
    }

    @Test
    void namesTheLineOfATypoAndTheNearestProperty() throws IOException {
        assertThat(check("sidecar:\n  app:\n    prot: 3000\n"))
                .containsExactly("3:5 unknown property sidecar.app.prot; did you mean sidecar.app.port?");
    }

    @Test
    void looksBelowNamesOfTheUsersChoice() throws IOException {
        assertThat(check("sidecar.health.checks.mine: {type: http, intervall: 5s}\n"))
                .containsExactly("1:42 unknown property sidecar.health.checks.mine.intervall;"
                        + " did you mean sidecar.health.checks.mine.interval?");
    }

    @Test
    void namesThePropertyThatIsOneFloorBelow() throws IOException {
        assertThat(check("sidecar.app.budget: 3\n"))
                .containsExactly("1:1 unknown property sidecar.app.budget; did you mean sidecar.app.backoff.budget?");
    }

    @Test
    void saysWhatAValueShouldHaveBeen() throws IOException {
        assertThat(check("sidecar:\n  api: {port: abc}\n  app: {restart: sometimes, grace: long}\n"))
                .containsExactly(
                        "2:9 sidecar.api.port: 'abc' is not allowed; give a whole number",
                        "3:9 sidecar.app.restart: 'sometimes' is not allowed; give never, on-failure, always",
                        "3:29 sidecar.app.grace: 'long' is not allowed; give a duration such as 500ms, 15s or 2m");
    }

    @Test
    void namesTheLineOfBrokenSyntax() throws IOException {
        assertThat(check("sidecar:\n  app: {name: x\n  api: 3\n"))
                .singleElement()
                .asString()
                .startsWith("3:6 not YAML: ");
    }

    @Test
    void namesADuplicate() throws IOException {
        assertThat(check("sidecar:\n  home: a\n  home: b\n"))
                .containsExactly("3:3 sidecar.home is there twice; remove one");
    }

    @Test
    void judgesTheOffloadProxy() throws IOException {
        assertThat(check("sidecar:\n  offload:\n    port: 8000\n    prot: 1\n"))
                .singleElement()
                .asString()
                .startsWith("4:5 unknown property sidecar.offload.prot; did you mean sidecar.offload.port?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            textBlock =
                    """
            app: {name: not a name}                  | 2:9 sidecar.app.name: 'not a name' is not a name
            app: {port: 99999}                       | 2:9 sidecar.app.port: '99999' is not a port
            app: {grace: -1s}                        | 2:9 sidecar.app.grace: '-1s' is not allowed
            api: {port: 70000}                       | 2:9 sidecar.api.port: '70000' is not a port
            api: {token: ''}                         | 2:9 sidecar.api.token: is empty
            ops: {port: -2}                          | 2:9 sidecar.ops.port: '-2' is not a port
            shutdown: {propagation: -5s}             | 2:14 sidecar.shutdown.propagation: '-5s' is not allowed
            logging: {spool: {max-size: 0}}          | 2:21 sidecar.logging.spool.max-size: 0 is too small
            logging: {file: {maxFiles: 0, path: x}}  | 2:20 sidecar.logging.file.max-files: 0 is too small
            logging: {otlp: {endpoint: nowhere}}     | 2:20 sidecar.logging.otlp.endpoint: 'nowhere' is not an endpoint
            logging: {redact: {patterns: ['(']}}     | 2:33 sidecar.logging.redact.patterns[0]: '(' is not a regular
            discovery: {ttl: 0s}                     | 2:15 sidecar.discovery.ttl: '0s' is not allowed
            health: {checks: {a: {type: http}}}      | 2:21 sidecar.health.checks.a.url: is missing
            health: {checks: {a: {type: ttl}}}       | 2:21 sidecar.health.checks.a.ttl: is missing
            monitor: {interval: 0s}                  | 2:13 sidecar.monitor.interval: '0s' is not allowed
            watchdog: {heartbeat: 0s}                | 2:14 sidecar.watchdog.heartbeat: '0ms' is not allowed
            ambassador: {routes: {a: {}}}            | 2:25 sidecar.ambassador.routes.a needs either 'service' or
            ambassador: {routes: {a: {urls: [x]}}}   | 2:29 sidecar.ambassador.routes.a.urls: 'x' is not a URL
            offload: {port: 99999}                   | 2:13 sidecar.offload.port: '99999' is not a port
            offload: {static: [{path: x, root: /}]}  | 2:23 sidecar.offload.static[0].path: 'x' is not a path
            edge: {web: {driver: nginx}}             | 2:10 sidecar.edge.web.destination: is missing
            """)
    void findsWhatAStartWouldRefuse(String tree, String finding) throws IOException {
        assertThat(check("sidecar:\n  " + tree + "\n"))
                .singleElement()
                .asString()
                .startsWith(finding);
    }

    /** The file of the contract, as it stands there: what the outside relies on. */
    @Test
    void takesEveryPropertyThatIsPromised() throws IOException {
        assertThat(
                        check(
                                """
                sidecar:
                  home: ~/.sidecar
                  delivery: library
                  app: {name: orders, instance: host-1, port: 3000, address: 127.0.0.1, restart: never, grace: 10s}
                  api: {port: 7300, address: 127.0.0.1, socket: /run/orders.sock, token: not-a-secret}
                  ops: {port: 7301, address: 127.0.0.1}
                  shutdown: {propagation: 0s}
                  logging:
                    console: {enabled: true, format: auto}
                    file: {path: /var/log/orders.log, max-size: 64MB, max-files: 5}
                    otlp: {endpoint: "http://127.0.0.1:4318", headers: {a: b}, timeout: 10s}
                    spool: {max-size: 1GB, max-age: 24h, when-full: block}
                    redact: {keys: [password, secret, token, authorization], patterns: []}
                  discovery: {backend: local, ttl: 15s, register: true, metadata: {zone: a}}
                  health:
                    checks:
                      app: {type: http, url: "http://127.0.0.1:3000/health", interval: 5s, timeout: 1s, rise: 1, fall: 3, groups: [ready]}
                  config: {store: local, files: [], render: []}
                  watchdog: {heartbeat: 10s, memory: {max: 512MB, for: 30s}, action: restart}
                  monitor: {interval: 10s}
                  resilience: {defaults: {timeout: 15s, retries: {max: 1, budget: 20%}, circuit-breaker: {}}}
                  ambassador:
                    port: 7302
                    routes:
                      inventory: {service: inventory, timeout: 2s, retries: {max: 0}}
                      weather: {urls: ["http://127.0.0.1:9000"], prefix: /weather}
                  offload: {port: 8000, app: "http://127.0.0.1:3000", static: [{path: /assets, root: ./public}]}
                  edge:
                    web: {driver: nginx, services: [orders], destination: /etc/nginx/conf.d/web.conf, template: builtin, check: [nginx, -t], reload: [nginx, -s, reload], wait: {min: 200ms, max: 2s}, guards: {min-servers: 1, max-shrink: 50%}}
                """))
                .isEmpty();
    }

    @Test
    void doesNotJudgeOtherTreesNorPlaceholders() throws IOException {
        assertThat(check("spring:\n  anything: goes\nsidecar:\n  app: {port: '${PORT}'}\n"))
                .isEmpty();
    }
}
