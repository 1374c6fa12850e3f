/** The monitor over the v1 API. */
@NullMarked
package dev.sidecar.client.monitor;

import org.jspecify.annotations.NullMarked;
