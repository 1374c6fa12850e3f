package dev.sidecar.server.edge.template;

import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.escaper.SafeString;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code {{ value | quote }}}: one word in double quotes that keeps spaces and most signs. Where the proxy would
 * read a variable or a format ({@code $}, {@code %}), and for control characters, there is a {@code _}.
 */
final class QuoteFilter implements Filter {

    @Override
    public List<String> getArgumentNames() {
        return List.of();
    }

    @Override
    public Object apply(
            @Nullable Object input,
            Map<String, Object> arguments,
            PebbleTemplate self,
            EvaluationContext context,
            int line) {
        StringBuilder quoted = new StringBuilder("\"");
        String.valueOf(input).codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c == '$' || c == '%' || Character.getType(c) == Character.CONTROL || !Character.isDefined(c)) {
                quoted.append('_');
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return new SafeString(quoted.append('"').toString());
    }
}
