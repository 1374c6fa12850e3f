/** How neighbours are called. */
@NullMarked
package dev.sidecar.tck.resilience;

import org.jspecify.annotations.NullMarked;
