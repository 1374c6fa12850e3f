package dev.sidecar.tck;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a contract's test as one promise. The method's name is its wording; the id is what documentation refers to.
 *
 * <p>The port half and the wire half of a contract share an id, and then the name, where they prove the same promise.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Clause {

    /** Such as {@code DIS-01}: once given it keeps its meaning. */
    String value();

    /** What deliveries may do differently here, in words; empty when they must be the same. */
    String mayDiffer() default "";
}
