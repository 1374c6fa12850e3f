package dev.sidecar.client.logging;

import dev.sidecar.client.transport.Api;
import dev.sidecar.client.transport.Request;
import dev.sidecar.client.transport.Response;
import dev.sidecar.logging.LogReceipt;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads OTLP's {@code ExportLogsServiceResponse}, with the lines of rejected records where the sidecar names them. */
final class Receipts {

    /** As long as {@code {}}. */
    private static final int NOTHING_TO_SAY = 2;

    private Receipts() {}

    static LogReceipt of(Request request, Response response, int sent) {
        if (response.body().length <= NOTHING_TO_SAY) {
            return LogReceipt.accepted(sent);
        }
        JsonNode answer = Api.tree(request, response);
        JsonNode partial = answer.path("partialSuccess");
        int rejected = partial.path("rejectedLogRecords").asInt(0);
        if (rejected == 0) {
            return LogReceipt.accepted(sent);
        }
        List<LogReceipt.LineError> errors = new ArrayList<>();
        for (JsonNode error : answer.path("errors")) {
            errors.add(new LogReceipt.LineError(
                    error.path("line").asInt(0), error.path("detail").asString("")));
        }
        while (errors.size() < rejected) {
            errors.add(new LogReceipt.LineError(0, partial.path("errorMessage").asString("rejected")));
        }
        return new LogReceipt(sent - rejected, rejected, errors);
    }
}
