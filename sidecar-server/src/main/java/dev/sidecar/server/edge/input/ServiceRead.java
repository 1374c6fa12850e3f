package dev.sidecar.server.edge.input;

import java.util.List;

/**
 * The servers of one service as they were read.
 *
 * @param skipped instances that cannot be served, each with the reason
 */
public record ServiceRead(String service, List<Server> servers, InputState state, List<String> skipped) {

    public ServiceRead {
        servers = List.copyOf(servers);
        skipped = List.copyOf(skipped);
    }
}
