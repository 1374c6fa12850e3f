/** The monitor on the v1 API. */
@NullMarked
package dev.sidecar.server.monitor;

import org.jspecify.annotations.NullMarked;
