/** Log records, the pipeline they run through and the sinks they end in. */
@NullMarked
package dev.sidecar.logging;

import org.jspecify.annotations.NullMarked;
