/** A proxy that the sidecar itself keeps running. */
@NullMarked
package dev.sidecar.server.edge.process;

import org.jspecify.annotations.NullMarked;
