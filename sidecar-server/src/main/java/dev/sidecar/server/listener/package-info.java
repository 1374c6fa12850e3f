/** Where the process listens: API on TCP, API on a Unix socket, ops on TCP. */
@NullMarked
package dev.sidecar.server.listener;

import org.jspecify.annotations.NullMarked;
