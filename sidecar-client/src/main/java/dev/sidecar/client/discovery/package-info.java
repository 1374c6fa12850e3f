/** The sidecar's registry, with the last known lists kept for when it is away. */
@NullMarked
package dev.sidecar.client.discovery;

import org.jspecify.annotations.NullMarked;
