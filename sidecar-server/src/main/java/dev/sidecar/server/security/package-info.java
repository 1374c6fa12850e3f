/** Who may ask: Host, Origin, path and token, decided before anything else sees a request. */
@NullMarked
package dev.sidecar.server.security;

import org.jspecify.annotations.NullMarked;
