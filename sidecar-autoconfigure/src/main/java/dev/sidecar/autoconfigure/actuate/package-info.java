/** Sidecar on Spring Boot's actuator. */
@NullMarked
package dev.sidecar.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
