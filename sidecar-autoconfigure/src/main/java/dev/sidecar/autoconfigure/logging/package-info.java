/** Properties of the logging pipeline, and the appender that feeds an application's log records to it. */
@NullMarked
package dev.sidecar.autoconfigure.logging;

import org.jspecify.annotations.NullMarked;
