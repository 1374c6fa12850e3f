package dev.sidecar.autoconfigure.config;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** A change as Spring Cloud tells it: {@code @ConfigurationProperties} and log levels, then {@code @RefreshScope}. */
final class CloudRefresh implements ConfigRefresh.ChangedNames {

    private static final String PROPERTY = "spring.cloud.refresh.never-refreshable";
    private static final String DEFAULT = "com.zaxxer.hikari.HikariDataSource";

    private final ConfigurableApplicationContext context;
    private final ObjectProvider<RefreshScope> scope;

    CloudRefresh(ConfigurableApplicationContext context, ObjectProvider<RefreshScope> scope) {
        this.context = context;
        leaveAlone(context, unchangeable(context));
        this.scope = scope;
    }

    /** Records cannot be bound again, and Spring Cloud would warn of each with a stack trace at every change. */
    private static Set<String> unchangeable(ConfigurableApplicationContext context) {
        return Arrays.stream(context.getBeanFactory().getBeanNamesForAnnotation(ConfigurationProperties.class))
                .map(name -> context.getBeanFactory().getType(name, false))
                .filter(type -> type != null && type.isRecord())
                .map(Class::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Added to what Spring Cloud leaves alone by default; what the user set there is the user's. */
    private static void leaveAlone(ConfigurableApplicationContext context, Set<String> types) {
        String all = Stream.concat(Stream.of(DEFAULT), types.stream()).collect(Collectors.joining(","));
        context.getEnvironment()
                .getPropertySources()
                .addLast(new MapPropertySource("sidecar-never-refreshable", Map.of(PROPERTY, all)));
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
