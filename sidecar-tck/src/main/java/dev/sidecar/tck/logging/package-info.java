/** The clauses of logging. */
@NullMarked
package dev.sidecar.tck.logging;

import org.jspecify.annotations.NullMarked;
