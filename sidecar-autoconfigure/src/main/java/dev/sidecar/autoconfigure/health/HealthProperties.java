package dev.sidecar.autoconfigure.health;

import dev.sidecar.SidecarException;
import dev.sidecar.autoconfigure.InvalidProperty;
import dev.sidecar.health.CheckDefinition;
import dev.sidecar.health.CheckType;
import dev.sidecar.health.HealthGroup;
import dev.sidecar.health.HealthOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sidecar.health.*}.
 *
 * @param enabled Whether Spring's health and availability are joined with it.
 * @param checks Checks by name.
 */
@ConfigurationProperties("sidecar.health")
public record HealthProperties(@DefaultValue("true") boolean enabled, @DefaultValue Map<String, Check> checks) {

    /**
     * One check.
     *
     * @param type How the check finds out. Required.
     * @param groups Questions it helps to answer; ready by default. An empty list shows the check and gates nothing.
     * @param critical Whether a failure means DOWN rather than DEGRADED; true by default.
     * @param interval From the start of a run to the start of the next; 5s by default.
     * @param timeout How long a run may take; 1s by default.
     * @param rise Passes in a row until it is UP; 1 by default.
     * @param fall Failures in a row until it is DOWN; 3 by default.
     * @param startPeriod Time after the start in which failures do not count, until the first pass; 0s by default.
     * @param url What an http check asks.
     * @param headers Headers that an http check sends.
     * @param expectedStatus The only status that passes an http check; 2xx and 3xx by default.
     * @param address Host and port of a tcp or grpc check.
     * @param command Program and arguments of an exec check; no shell is involved.
     * @param service What a grpc check asks about; the server as a whole by default.
     * @param ttl How long a ttl check may be silent.
     * @param pid Process of a process check.
     */
    public record Check(
            @Nullable CheckType type,
            @Nullable Set<HealthGroup> groups,
            @Nullable Boolean critical,
            @Nullable Duration interval,
            @Nullable Duration timeout,
            @Nullable Integer rise,
            @Nullable Integer fall,
            @Nullable Duration startPeriod,
            @Nullable String url,
            @Nullable Map<String, String> headers,
            @Nullable Integer expectedStatus,
            @Nullable String address,
            @Nullable List<String> command,
            @Nullable String service,
            @Nullable Duration ttl,
            @Nullable Long pid) {

        CheckDefinition toDefinition(String name) {
            if (type == null) {
                throw InvalidProperty.of(
                        "sidecar.health.checks." + name + ".type", null, "http, tcp, exec, grpc, ttl or process");
            }
            return new CheckDefinition(
                    name,
                    type,
                    groups,
                    critical,
                    interval,
                    timeout,
                    rise,
                    fall,
                    startPeriod,
                    url,
                    headers,
                    expectedStatus,
                    address,
                    command,
                    service,
                    ttl,
                    pid);
        }
    }

    /** The same for the engine. */
    public HealthOptions toOptions() {
        return new HealthOptions(checks.entrySet().stream()
                .map(check -> check.getValue().toDefinition(check.getKey()))
                .map(HealthProperties::checked)
                .toList());
    }

    /** The engine's words, with the whole name of the property. */
    private static CheckDefinition checked(CheckDefinition check) {
        try {
            new HealthOptions(List.of(check)).checked();
            return check;
        } catch (SidecarException e) {
            String detail = String.valueOf(e.getMessage());
            String prefix = "check '" + check.name() + "': ";
            String property = "sidecar.health.checks." + check.name();
            throw SidecarException.invalid(
                    "invalid-configuration",
                    detail.startsWith(prefix)
                            ? property + "." + detail.substring(prefix.length())
                            : property + ": " + detail);
        }
    }
}
