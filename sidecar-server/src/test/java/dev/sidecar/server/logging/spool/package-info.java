/** What the log spool promises, tried by killing processes and filling disks. */
@NullMarked
package dev.sidecar.server.logging.spool;

import org.jspecify.annotations.NullMarked;
