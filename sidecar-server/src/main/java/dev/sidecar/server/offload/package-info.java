/** The inbound proxy: in front of the application it serves static files, terminates TLS, compresses, limits, drains. */
@NullMarked
package dev.sidecar.server.offload;

import org.jspecify.annotations.NullMarked;
