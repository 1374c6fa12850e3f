/** What the host, the container, the application's processes and the sidecar use: samples, meters and thresholds. */
@NullMarked
package dev.sidecar.monitor;

import org.jspecify.annotations.NullMarked;
