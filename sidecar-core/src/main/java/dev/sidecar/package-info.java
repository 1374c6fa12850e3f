/** The facade: one {@link dev.sidecar.Sidecar}, whichever way it is delivered. */
@NullMarked
package dev.sidecar;

import org.jspecify.annotations.NullMarked;
