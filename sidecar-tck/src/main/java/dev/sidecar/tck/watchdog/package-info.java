/** What the watchdog promises, whoever delivers it. */
@NullMarked
package dev.sidecar.tck.watchdog;

import org.jspecify.annotations.NullMarked;
