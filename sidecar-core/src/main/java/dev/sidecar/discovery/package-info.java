/** Who runs where: the registry, its leases, and the loop that keeps an instance registered. */
@NullMarked
package dev.sidecar.discovery;

import org.jspecify.annotations.NullMarked;
