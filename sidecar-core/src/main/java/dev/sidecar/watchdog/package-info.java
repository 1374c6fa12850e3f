/** Notices that a process is stuck or takes too much, says so with evidence, and does something about it. */
@NullMarked
package dev.sidecar.watchdog;

import org.jspecify.annotations.NullMarked;
