package dev.sidecar.autoconfigure.config;

import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;

/** A change as Spring Cloud tells it: {@code @ConfigurationProperties} and log levels, then {@code @RefreshScope}. */
final class CloudRefresh implements ConfigRefresh.ChangedNames {

    private final ConfigurableApplicationContext context;
    private final ObjectProvider<RefreshScope> scope;

    CloudRefresh(ConfigurableApplicationContext context, ObjectProvider<RefreshScope> scope) {
        this.context = context;
        this.scope = scope;
    }

    /** A bean that cannot take its new value is no reason for the others not to get theirs. */
    @Override
    public void tell(Set<String> names) {
        try {
            context.publishEvent(new EnvironmentChangeEvent(context, names));
        } finally {
            scope.ifAvailable(RefreshScope::refreshAll);
        }
    }
}
