package dev.sidecar.server.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecar.json.SidecarJson;
import dev.sidecar.runtime.Commands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
             "blastRadius":[{"fault":"crash","way":"library","appDied":true,"own":{"sent":100,"failed":40}},
                {"fault":"crash","way":"sidecar","appDied":false,"own":{"sent":100,"failed":0}}],
             "upgrade":[],"situation":%s}""";

    private static JsonNode weigh(String situation) throws IOException, InterruptedException {
        String report =
                SidecarJson.mapper().readTree(REPORT.formatted(situation)).toString();
        return node("const r = " + report + "; console.log(JSON.stringify(c.weigh(r, c.defaults(r))));");
    }

    private static JsonNode node(String program) throws IOException, InterruptedException {
        Path script = Path.of("src/main/resources/dev/sidecar/server/compare/choice.js")
                .toAbsolutePath();
        Process node = Commands.start(Commands.of(
                List.of("node", "-e", "const c = require(process.argv[1]); " + program, script.toString())));
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

    @Test
    void asksWhatTheCommandLineAsks() throws Exception {
        JsonNode questions = node("console.log(JSON.stringify(c.QUESTIONS))");
        List<String> ids = new ArrayList<>();
        for (JsonNode question : questions) {
            String id = question.path("id").asString();
            ids.add(id);
            assertThat(Situation.of(Map.of(id, question.path("value").asString())))
                    .containsKey(id);
            for (JsonNode value : question.path("values")) {
                Situation.of(Map.of(id, value.get(0).asString()));
            }
            if (question.path("kind").asString().equals("number")) {
                double below = question.path("min").asDouble() - 1;
                assertThatThrownBy(() -> Situation.of(Map.of(id, below))).hasMessageContaining(id);
            }
        }
        assertThat(ids).containsExactlyElementsOf(Situation.keys());
    }

    @Test
    void anAnswerThatIsNoneLeavesTheUsualOne() throws Exception {
        JsonNode answers =
                node("console.log(JSON.stringify(c.defaults({situation: {owner: 'me', 'instances-per-host': '0'}})))");
        assertThat(answers.path("owner").asString()).isEqualTo("same-team");
        assertThat(answers.path("instances-per-host").asInt()).isEqualTo(4);
    }
}
