/** How the sidecar calls neighbours, to be read. */
@NullMarked
package dev.sidecar.client.resilience;

import org.jspecify.annotations.NullMarked;
