/** Log records as OTLP, and their way to a collector over HTTP. */
@NullMarked
package dev.sidecar.logging.otlp;

import org.jspecify.annotations.NullMarked;
