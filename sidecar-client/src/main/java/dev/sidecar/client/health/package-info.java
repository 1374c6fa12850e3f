/** The sidecar's checks, with the last known reports kept for when it is away. */
@NullMarked
package dev.sidecar.client.health;

import org.jspecify.annotations.NullMarked;
