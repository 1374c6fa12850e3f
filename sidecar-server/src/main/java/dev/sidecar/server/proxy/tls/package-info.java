/** TLS from PEM files, read again when they change. */
@NullMarked
package dev.sidecar.server.proxy.tls;

import org.jspecify.annotations.NullMarked;
