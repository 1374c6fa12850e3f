package dev.sidecar.server.compare.probe;

import dev.sidecar.resilience.Attempt;
import dev.sidecar.resilience.Call;
import dev.sidecar.resilience.LocalResilience;
import java.io.IOException;

/** A call to the neighbour by its name, under the policies of the library in this process. */
final class ResilientCall implements Operation {

    private final LocalResilience resilience;
    private final HttpLine line;
    private final byte[] request = HttpLine.get("/item", null);

    ResilientCall(LocalResilience resilience) throws IOException {
        this.resilience = resilience;
        Call call = resilience.service(Deliveries.NEIGHBOUR).call("GET", false, null);
        Attempt attempt = call.next();
        if (attempt == null) {
            throw new IOException("the neighbour cannot be called: " + call.refusal());
        }
        this.line = HttpLine.tcp(attempt.instance().port());
        attempt.abandon();
        call.end();
    }

    @Override
    public void run() throws IOException {
        Call call = resilience.service(Deliveries.NEIGHBOUR).call("GET", false, null);
        try {
            Attempt attempt = call.next();
            if (attempt == null) {
                throw new IOException("refused: " + call.refusal());
            }
            int status = line.exchange(request);
            attempt.answered(status, null);
            attempt.end();
            HttpLine.require2xx(status);
        } finally {
            call.end();
        }
    }
}
