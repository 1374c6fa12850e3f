/** The watchdog in a sidecar process. */
@NullMarked
package dev.sidecar.client.watchdog;

import org.jspecify.annotations.NullMarked;
