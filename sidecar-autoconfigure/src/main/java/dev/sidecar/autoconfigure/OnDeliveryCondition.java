package dev.sidecar.autoconfigure;

import dev.sidecar.Delivery;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Binds rather than compares, so that a misspelt delivery is an error with a name and not a missing bean. */
final class OnDeliveryCondition extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Delivery wanted =
                metadata.getAnnotations().get(ConditionalOnDelivery.class).getEnum("value", Delivery.class);
        Delivery actual = Binder.get(context.getEnvironment())
                .bind("sidecar.delivery", Delivery.class)
                .orElse(Delivery.LIBRARY);
        return new ConditionOutcome(
                actual == wanted,
                ConditionMessage.forCondition(ConditionalOnDelivery.class).because("sidecar.delivery is " + actual));
    }
}
