/** Sidecar as a Spring Boot application has it: the delivery switch and the {@link dev.sidecar.Sidecar} bean. */
@NullMarked
package dev.sidecar.autoconfigure;

import org.jspecify.annotations.NullMarked;
