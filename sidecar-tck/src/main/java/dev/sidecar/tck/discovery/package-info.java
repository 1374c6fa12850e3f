/** The clauses of discovery. */
@NullMarked
package dev.sidecar.tck.discovery;

import org.jspecify.annotations.NullMarked;
