/** What every delivery must do: contracts made of numbered clauses, and the table of who keeps them. */
@NullMarked
package dev.sidecar.tck;

import org.jspecify.annotations.NullMarked;
