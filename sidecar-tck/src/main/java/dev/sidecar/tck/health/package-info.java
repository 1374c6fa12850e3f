/** The clauses of health. */
@NullMarked
package dev.sidecar.tck.health;

import org.jspecify.annotations.NullMarked;
