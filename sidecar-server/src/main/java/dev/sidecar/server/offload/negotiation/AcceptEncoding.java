package dev.sidecar.server.offload.negotiation;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which codings a client takes (RFC 9110 section 12.5.3), by weight in thousandths. */
public final class AcceptEncoding {

    private final Map<Coding, Integer> weights = new EnumMap<>(Coding.class);
    private int others = -1;

    private AcceptEncoding() {}

    /** Without the field a client is not sent what it may not understand. */
    public static AcceptEncoding of(@Nullable String field) {
        AcceptEncoding accepted = new AcceptEncoding();
        if (field != null) {
            for (String item : field.split(",")) {
                accepted.add(item.trim().toLowerCase(Locale.ROOT));
            }
        }
        return accepted;
    }

    private void add(String item) {
        String[] parts = item.split(";");
        String token = parts[0].trim();
        int weight = 1000;
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].trim();
            if (parameter.startsWith("q=")) {
                weight = weight(parameter.substring(2));
            }
        }
        if (token.equals("*")) {
            others = weight;
        } else if (token.equals("x-gzip")) {
            weights.put(Coding.GZIP, weight);
        } else {
            for (Coding coding : Coding.values()) {
                if (coding.token().equals(token)) {
                    weights.put(coding, weight);
                }
            }
        }
    }

    private static int weight(String text) {
        try {
            return (int) Math.round(Math.max(0, Math.min(1, Double.parseDouble(text))) * 1000);
        } catch (NumberFormatException malformed) {
            return 0;
        }
    }

    /** The best of those there are; {@link Coding#IDENTITY} is always one. Null when the client takes none of them. */
    public @Nullable Coding best(Set<Coding> available) {
        Coding best = null;
        int most = 0;
        for (Coding coding : Coding.values()) {
            int weight = available.contains(coding) ? weight(coding) : 0;
            if (weight > most) {
                best = coding;
                most = weight;
            }
        }
        return best;
    }

    private int weight(Coding coding) {
        Integer said = weights.get(coding);
        if (said != null) {
            return said;
        }
        if (others >= 0) {
            return others;
        }
        // Not named and not excluded: good enough when nothing better is there.
        return coding == Coding.IDENTITY ? 1 : 0;
    }
}
