/** Environment in a Spring Boot application. */
@NullMarked
package dev.sidecar.autoconfigure.environment;

import org.jspecify.annotations.NullMarked;
