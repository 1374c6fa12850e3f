package dev.sidecar.server.api;

import dev.sidecar.SidecarException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list that is ordered by name.
 *
 * @param cursor the last name of this page, to ask for the next one; null when there is none
 */
public record Page<T>(List<T> items, @Nullable String cursor) {

    /**
     * What follows the cursor.
     *
     * @param limit how many at the most; null for all
     */
    public static <T> Page<T> of(
            List<T> all, Function<T, String> name, @Nullable Integer limit, @Nullable String cursor) {
        if (limit != null && limit < 1) {
            throw SidecarException.invalid(
                    "invalid-parameter", "limit: '" + limit + "' is not allowed; give 1 or more");
        }
        List<T> rest = cursor == null
                ? all
                : all.stream().filter(i -> name.apply(i).compareTo(cursor) > 0).toList();
        if (limit == null || rest.size() <= limit) {
            return new Page<>(rest, null);
        }
        List<T> items = rest.subList(0, limit);
        return new Page<>(items, name.apply(items.get(limit - 1)));
    }
}
