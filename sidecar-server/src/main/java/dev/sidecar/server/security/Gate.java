package dev.sidecar.server.security;

import dev.sidecar.Problem;
import dev.sidecar.server.listener.Listeners;
import dev.sidecar.server.problem.ProblemResponse;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Asks every rule before anything else of the server sees a request. */
public final class Gate extends ValveBase {

    private final Listeners listeners;
    private final List<Rule> rules;

    Gate(Listeners listeners, List<Rule> rules) {
        super(true);
        this.listeners = listeners;
        this.rules = List.copyOf(rules);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        // What could not be read as a request has no host, path or token to judge; it is reported as it is.
        if (!response.isError() && response.getStatus() < 400) {
            for (Rule rule : rules) {
                Problem refusal = rule.refuse(listeners.of(request.getConnector()), request);
                if (refusal != null) {
                    ProblemResponse.write(response, refusal);
                    return;
                }
            }
        }
        getNext().invoke(request, response);
    }
}
