package dev.sidecar.autoconfigure;

import dev.sidecar.Delivery;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Conditional;

/** Matches when {@code sidecar.delivery} is this one. A value that is neither fails the start. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnDeliveryCondition.class)
@interface ConditionalOnDelivery {

    Delivery value();
}
