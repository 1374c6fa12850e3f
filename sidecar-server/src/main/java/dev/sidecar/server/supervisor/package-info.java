/** Starts the application, shares its fate, and leaves nothing of it behind. */
@NullMarked
package dev.sidecar.server.supervisor;

import org.jspecify.annotations.NullMarked;
