/** A shop of orders on Spring Boot with the Sidecar starter. */
@NullMarked
package dev.sidecar.samples.orders;

import org.jspecify.annotations.NullMarked;
