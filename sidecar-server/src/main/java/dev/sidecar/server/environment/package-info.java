/** Environment on the v1 API. */
@NullMarked
package dev.sidecar.server.environment;

import org.jspecify.annotations.NullMarked;
