/** The resilience part of the API. */
@NullMarked
package dev.sidecar.server.resilience;

import org.jspecify.annotations.NullMarked;
