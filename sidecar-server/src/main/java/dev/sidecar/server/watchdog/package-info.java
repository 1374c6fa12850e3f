/** The watchdog on the wire, and the sd_notify protocol. */
@NullMarked
package dev.sidecar.server.watchdog;

import org.jspecify.annotations.NullMarked;
