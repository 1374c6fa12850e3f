package dev.sidecar.server.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.json.SidecarJson;
import dev.sidecar.runtime.Commands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The scoring of the page, run by Node as a browser would. */
class ChoiceTest {

    private static final String REPORT =
            """
            {"operations":[{"id":"lookup","ways":{
                "library":{"paced":{"p50Us":1},"appCpuUs":1,"sidecarCpuUs":0},
                "sidecar-unix":{"paced":{"p50Us":101},"appCpuUs":40,"sidecarCpuUs":60}}}],
             "memory":{"library":{"app":{"load":{"pssBytes":104857600}}},
                "sidecar-unix":{"app":{"load":{"pssBytes":94371840}},"sidecar":{"load":{"pssBytes":125829120}}}},
             "blastRadius":[{"fault":"crash","way":"library","appDied":true,"own":{"failed":40}},
                {"fault":"crash","way":"sidecar","appDied":false,"own":{"failed":0}}],
             "upgrade":[],"situation":%s}""";

    private static JsonNode weigh(String situation) throws IOException, InterruptedException {
        Path script = Path.of("src/main/resources/dev/sidecar/server/compare/choice.js")
                .toAbsolutePath();
        String program = "const c = require(process.argv[1]); const r = JSON.parse(process.argv[2]);"
                + "console.log(JSON.stringify(c.weigh(r, c.defaults(r))));";
        Process node = Commands.start(
                Commands.of(List.of("node", "-e", program, script.toString(), REPORT.formatted(situation))));
        String out = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor()).isZero();
        return SidecarJson.mapper().readTree(out);
    }

    @Test
    void oneLanguageAndOneTeamNeedNoSidecar() throws Exception {
        assertThat(weigh("{}").path("winner").asString()).isEqualTo("library");
    }

    @Test
    void manyLanguagesAndAnotherOwnerCallForASidecar() throws Exception {
        assertThat(weigh("{\"languages\":\"java,node,python\",\"owner\":\"other-team\",\"isolation\":\"strict\","
                                + "\"memory-per-instance\":\"2048\"}")
                        .path("winner")
                        .asString())
                .isEqualTo("sidecar");
    }

    @Test
    void manySmallInstancesThatNeedNotBeNearMakeItNeither() throws Exception {
        assertThat(weigh("{\"languages\":\"go,node\",\"instances-per-host\":\"40\",\"memory-per-instance\":\"64\","
                                + "\"colocated\":\"no\",\"scales-apart\":\"yes\"}")
                        .path("winner")
                        .asString())
                .isEqualTo("service");
    }

    @Test
    void showsTheNumberTheWeightAndWhatWouldTipIt() throws Exception {
        JsonNode memory = null;
        for (JsonNode criterion : weigh("{}").path("criteria")) {
            memory = criterion.path("id").asString().equals("memory") ? criterion : memory;
        }
        assertThat(memory).isNotNull();
        // 120 MB beside 90 MB, instead of 100 MB.
        assertThat(memory.path("number").asString()).startsWith("110 MB more each = 21.5 % of an instance");
        assertThat(memory.path("weight").asInt()).isEqualTo(2);
        assertThat(memory.has("tip")).isTrue();
    }
}
