/** What the monitor promises. */
@NullMarked
package dev.sidecar.tck.monitor;

import org.jspecify.annotations.NullMarked;
