/** Turns what an application prints into log records. */
@NullMarked
package dev.sidecar.server.logging.capture;

import org.jspecify.annotations.NullMarked;
