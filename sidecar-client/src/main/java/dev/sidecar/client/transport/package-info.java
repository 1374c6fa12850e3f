/** HTTP/1.1 over loopback TCP or a Unix socket, and what is known of the sidecar at the other end. */
@NullMarked
package dev.sidecar.client.transport;

import org.jspecify.annotations.NullMarked;
