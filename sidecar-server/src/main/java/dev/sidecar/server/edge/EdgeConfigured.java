package dev.sidecar.server.edge;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether there is any {@code sidecar.edge.*}: without, the feature leaves no bean and no thread. */
final class EdgeConfigured implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return Binder.get(context.getEnvironment())
                .bind("sidecar.edge", Bindable.mapOf(String.class, Object.class))
                .isBound();
    }
}
