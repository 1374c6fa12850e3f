package dev.sidecar.server.cli;

import dev.sidecar.SidecarException;
import dev.sidecar.client.RemoteOptions;
import dev.sidecar.client.transport.Api;
import dev.sidecar.client.transport.Availability;
import dev.sidecar.client.transport.Request;
import dev.sidecar.client.transport.Transport;
import dev.sidecar.server.lifecycle.ExitCodes;
import dev.sidecar.server.lifecycle.StartupFailure;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code sidecar edge}. */
@Command(
        name = "edge",
        description = "Show managed proxies; apply, roll back or render one.",
        mixinStandardHelpOptions = true)
final class EdgeCommand implements Callable<Integer> {

    /** A check, a reload, its confirmation, and the way back. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What can be asked. */
    enum Verb {
        list,
        show,
        apply,
        rollback,
        render
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private SidecarLocator locator = new SidecarLocator();

    @Parameters(index = "0", arity = "0..1", paramLabel = "VERB", description = "${COMPLETION-CANDIDATES}")
    private Verb verb = Verb.list;

    @Parameters(index = "1", arity = "0..1", paramLabel = "PROXY", description = "its name; needless if there is one")
    private @Nullable String proxy;

    @Option(names = "--force", description = "apply: override the guards")
    private boolean force;

    @Option(names = "--dry-run", description = "render: show also how it differs from the file; never writes")
    private boolean dryRun;

    @Option(names = "--json", description = "for programs: the API's JSON")
    private boolean json;

    @Override
    public Integer call() {
        if (force && verb != Verb.apply) {
            throw new ParameterException(spec.commandLine(), "--force is for 'apply'");
        }
        return ask(this::answer);
    }

    private int ask(Function<Api, Integer> question) {
        RemoteOptions options = locator.find();
        try (Transport transport = new Transport(options, new Availability(Transport.name(options.endpoint())))) {
            int code = question.apply(new Api(transport));
            out().flush();
            return code;
        } catch (SidecarException e) {
            throw Client.failure(e);
        }
    }

    private int answer(Api api) {
        switch (verb) {
            case list -> list(api);
            case show -> show(get(api, "/v1/edge/" + chosen(api)));
            case apply -> show(post(api, "/v1/edge/" + chosen(api) + "/apply?force=" + force));
            case rollback -> show(post(api, "/v1/edge/" + chosen(api) + "/rollback"));
            case render -> render(get(api, "/v1/edge/" + chosen(api) + "/candidate"));
        }
        return 0;
    }

    private String chosen(Api api) {
        if (proxy != null) {
            return URLEncoder.encode(proxy, StandardCharsets.UTF_8).replace("+", "%20");
        }
        JsonNode all = get(api, "/v1/edge").path("proxies");
        if (all.size() != 1) {
            throw new StartupFailure(
                    ExitCodes.USAGE,
                    all.isEmpty() ? "no proxy is configured (sidecar.edge)" : "several proxies are there; name one");
        }
        return all.get(0).path("name").asString();
    }

    private static JsonNode get(Api api, String path) {
        Request request = Request.get(path);
        return Api.tree(request, api.call(request));
    }

    private static JsonNode post(Api api, String path) {
        Request request =
                Request.post(path, "{}".getBytes(StandardCharsets.UTF_8)).waiting(PATIENCE);
        return Api.tree(request, api.call(request));
    }

    private void list(Api api) {
        JsonNode all = get(api, "/v1/edge");
        if (json) {
            out().println(all);
            return;
        }
        for (JsonNode one : all.path("proxies")) {
            int servers = 0;
            for (JsonNode service : one.path("services")) {
                servers += service.path("servers").asInt();
            }
            out().println("%-15s %-8s %-12s %3d servers  %s%s"
                    .formatted(
                            one.path("name").asString(),
                            one.path("driver").asString(),
                            one.path("state").asString(),
                            servers,
                            one.path("destination").asString(),
                            one.has("reason") ? "  " + one.path("reason").asString() : ""));
        }
    }

    private void show(JsonNode one) {
        if (json) {
            out().println(one);
            return;
        }
        out().println(one.path("name").asString() + " " + one.path("state").asString() + " generation "
                + one.path("generation").asString("none"));
        line("reason", one.path("reason"));
        line("message", one.path("message"));
        line("diff", one.path("diff"));
        one.path("services")
                .forEach(service -> out().println("  " + service.path("service").asString() + ": "
                        + service.path("servers").asInt() + " servers"));
        one.path("held").forEach(hold -> line("held", hold.path("detail")));
        one.path("skipped").forEach(skipped -> line("skipped", skipped));
        one.path("inputs").forEach(input -> out().println("  "
                + input.path("kind").asString() + " "
                + input.path("name").asString() + ": read "
                + (input.has("ageMs") ? input.path("ageMs").asLong() + " ms ago" : "never")
                + (input.has("stale") ? ", stale: " + input.path("stale").asString() : "")));
        one.path("history")
                .forEach(event -> out().println("  " + event.path("at").asString() + " "
                        + event.path("state").asString() + " "
                        + event.path("generation").asString() + " "
                        + event.path("how").asString("") + event.path("reason").asString("")));
    }

    private void line(String word, JsonNode value) {
        if (!value.isMissingNode() && !value.asString("").isEmpty()) {
            out().println("  " + word + ": " + value.asString().indent(4).strip());
        }
    }

    private void render(JsonNode preview) {
        if (json) {
            out().println(preview);
            return;
        }
        out().print(preview.path("content").asString());
        if (dryRun) {
            String diff = preview.path("diff").asString("");
            out().println();
            out().println(diff.isEmpty() ? "# no difference" : diff);
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
