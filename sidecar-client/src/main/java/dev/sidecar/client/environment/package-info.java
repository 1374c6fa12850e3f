/** Environment over the v1 API. */
@NullMarked
package dev.sidecar.client.environment;

import org.jspecify.annotations.NullMarked;
