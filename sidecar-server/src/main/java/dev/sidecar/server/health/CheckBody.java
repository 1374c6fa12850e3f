package dev.sidecar.server.health;

import dev.sidecar.SidecarException;
import dev.sidecar.health.CheckDefinition;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The body that defines a check: the definition without its name, which the path says. */
final class CheckBody {

    private static final String CODE = "invalid-check";

    private CheckBody() {}

    /** A name in the body is borne if it is the same. */
    static CheckDefinition read(String check, JsonNode body) {
        JsonNode name = body.path("name");
        if (!name.isMissingNode() && !name.isNull() && !check.equals(name.asString(""))) {
            throw SidecarException.invalid(
                    CODE, "name: '" + name.asString("") + "' is not '" + check + "' as in the path; leave it out");
        }
        JsonNode named = body instanceof ObjectNode object ? object.deepCopy().put("name", check) : body;
        return JsonBody.read(named, CheckDefinition.class, CODE, "{\"type\":\"tcp\",\"address\":\"127.0.0.1:5432\"}");
    }
}
