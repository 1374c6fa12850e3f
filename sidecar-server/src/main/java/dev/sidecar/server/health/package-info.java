/** The health feature on the wire. */
@NullMarked
package dev.sidecar.server.health;

import org.jspecify.annotations.NullMarked;
