/** The monitor in a Spring Boot application. */
@NullMarked
package dev.sidecar.autoconfigure.monitor;

import org.jspecify.annotations.NullMarked;
