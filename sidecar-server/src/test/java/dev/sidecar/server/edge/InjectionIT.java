package dev.sidecar.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.server.edge.input.InputState;
import dev.sidecar.server.edge.input.Model;
import dev.sidecar.server.edge.input.Server;
import dev.sidecar.server.edge.input.World;
import dev.sidecar.server.edge.template.Templates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Values that anybody may have written are put in every place of a file where a template may use one; the real
 * proxies must find a right file with the same directives, whatever the values are. {@code
 * -Dsidecar.test.edge.injections} says how often.
 */
class InjectionIT {

    private static final int TIMES = Integer.getInteger("sidecar.test.edge.injections", 40);
    private static final List<String> PIECES = List.of(
            "\"",
            "'",
            ";",
            "}",
            "{",
            "{{",
            "}}",
            "{%",
            "%}",
            "{#",
            "\n",
            "\r\n",
            "\t",
            " ",
            "\\",
            "\\\"",
            "$",
            "${x}",
            "$host",
            "#",
            "%",
            "%[env(HOME)]",
            "(",
            ")",
            "<",
            "|",
            "\0",
            "\u0085",
            "\u2028",
            "é",
            "\ud83d\ude00",
            "return 200 owned;",
            "server evil 127.0.0.1:1",
            "listen 1;",
            "a",
            "B",
            "0",
            ".",
            "-",
            "../",
            "include /etc/passwd;");

    private static final String NGINX =
            """
            # {{ servers.orders[0].metadata.zone }}
            upstream {{ config.name | id }}_up { server 127.0.0.1:1; }
            server {
              listen 127.0.0.1:65000;
              server_name x{{ config.name }} {{ env.NAME | quote }};
              location /x{{ files.text }} { return 200 "{{ servers.orders[0].metadata.zone }}"; }
              location /y { add_header X-Zone {{ servers.orders[0].metadata.zone | quote }}; return 204; }
              location /z { return 200 {{ files.text | quote }}; }
              location /l { return 200 "{{ config.list }}{% for x in config.list %}{{ x }}{% endfor %}{{ config.map }}"; }
              {% macro header(name) %}add_header X-Macro {{ name }};{% endmacro %}
              location /m { {{ header(env.NAME) }} return 200 "{{ "a" ~ env.NAME }}{{ env.NAME | default("x") | upper }}"; }
            }
            {% include "nginx-upstreams.peb" %}
            """;

    private static final String HAPROXY =
            """
            # {{ servers.orders[0].metadata.zone }}
            defaults
              mode http
              timeout connect 1s
              timeout client 1s
              timeout server 1s
            frontend f{{ config.name | id }}
              bind 127.0.0.1:65000
              http-response set-header X-Zone {{ servers.orders[0].metadata.zone | quote }}
              http-response set-header X-Name "x{{ files.text }}"
              http-response set-header X-List "{{ config.list }}{{ config.map }}{{ config.list | join("-") }}"
              acl a{{ env.NAME | id }} path_beg /x{{ config.name }}
              default_backend b
            backend b
              server s{{ env.NAME | id }} 127.0.0.1:1 cookie x{{ servers.orders[0].metadata.zone }}
            {% include "haproxy-backends.peb" %}
            """;

    @TempDir
    private Path directory;

    @Test
    void noValueBreaksOutOfNginx() throws Exception {
        Path config = directory.resolve("nginx.conf");
        for (int seed = 0; seed < TIMES; seed++) {
            String text = render(NGINX, seed);
            Files.writeString(
                    config,
                    "pid " + directory + "/pid; error_log stderr; events {} http { access_log off;\n" + text + "}\n");
            assertAccepted(seed, text, "nginx", "-t", "-q", "-g", "user root;", "-c", config.toString());
            assertThat(directives(text)).as("seed %d", seed).isEqualTo(directives(render(NGINX, -1)));
        }
    }

    @Test
    void noValueBreaksOutOfHaproxy() throws Exception {
        Path config = directory.resolve("haproxy.cfg");
        for (int seed = 0; seed < TIMES; seed++) {
            String text = render(HAPROXY, seed);
            Files.writeString(config, text);
            assertAccepted(seed, text, "haproxy", "-c", "-f", config.toString());
            assertThat(directives(text)).as("seed %d", seed).isEqualTo(directives(render(HAPROXY, -1)));
        }
    }

    /** The first word of each line: a value that broke out would have made another. */
    private static List<String> directives(String text) {
        return text.lines().map(line -> line.strip().split("[ \\t]", 2)[0]).toList();
    }

    private String render(String template, int seed) throws Exception {
        Path file = directory.resolve("t.peb");
        Files.writeString(file, template);
        Random random = new Random(seed);
        Map<String, String> metadata = new HashMap<>(
                Map.of("zone", value(random, seed), "weight", "1" + value(random, seed), value(random, seed), "1"));
        Server server = new Server("a", "127.0.0.1", 80, false, metadata);
        World world = new World(
                List.of(),
                Map.of(
                        "name", value(random, seed),
                        "list", List.of(value(random, seed), value(random, seed)),
                        "map", Map.of(value(random, seed), value(random, seed))),
                Map.of("NAME", value(random, seed)),
                Map.of("text", value(random, seed)),
                List.<InputState>of());
        return Templates.file(file).render(Model.of(world, Map.of("orders", List.of(server)), Map.of()));
    }

    private static String value(Random random, int seed) {
        StringBuilder value = new StringBuilder("v");
        for (int i = seed < 0 ? 0 : 1 + random.nextInt(6); i > 0; i--) {
            value.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return value.toString();
    }

    private void assertAccepted(int seed, String text, String... command) throws Exception {
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor())
                .as("seed %d: %s%n%s", seed, Files.readString(out), text)
                .isZero();
    }
}
