/** The logging part of the v1 API. */
@NullMarked
package dev.sidecar.server.logging;

import org.jspecify.annotations.NullMarked;
