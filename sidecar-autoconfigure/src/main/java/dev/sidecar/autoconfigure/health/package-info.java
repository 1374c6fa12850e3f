/** Properties of health, and the bridge between it and Spring Boot's health and availability. */
@NullMarked
package dev.sidecar.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
