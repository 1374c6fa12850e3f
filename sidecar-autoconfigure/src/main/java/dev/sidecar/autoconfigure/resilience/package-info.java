/** Calling neighbours by name through Spring's HTTP clients and Spring Cloud's own interfaces. */
@NullMarked
package dev.sidecar.autoconfigure.resilience;

import org.jspecify.annotations.NullMarked;
