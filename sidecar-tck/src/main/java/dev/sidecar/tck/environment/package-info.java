/** What environment promises. */
@NullMarked
package dev.sidecar.tck.environment;

import org.jspecify.annotations.NullMarked;
