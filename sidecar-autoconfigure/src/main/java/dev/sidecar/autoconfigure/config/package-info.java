/** Configuration in a Spring Boot application. */
@NullMarked
package dev.sidecar.autoconfigure.config;

import org.jspecify.annotations.NullMarked;
