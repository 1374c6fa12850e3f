/** HTTP/1.1 framing by bytes (RFC 9112): strict on both sides, so that nobody behind it can read a message differently. */
@NullMarked
package dev.sidecar.server.proxy.http1;

import org.jspecify.annotations.NullMarked;
