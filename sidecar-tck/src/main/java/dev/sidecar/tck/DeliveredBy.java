package dev.sidecar.tck;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the delivery a test class puts through the contracts: its column in the table of clauses. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface DeliveredBy {

    /** Such as {@code unix socket}. */
    String value();
}
