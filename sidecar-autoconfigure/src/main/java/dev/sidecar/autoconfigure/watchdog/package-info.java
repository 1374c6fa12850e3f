/** The watchdog in Spring. */
@NullMarked
package dev.sidecar.autoconfigure.watchdog;

import org.jspecify.annotations.NullMarked;
