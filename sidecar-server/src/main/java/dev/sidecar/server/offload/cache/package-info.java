/** The application's answers, kept and used again by HTTP's own rules for shared caches (RFC 9111). */
@NullMarked
package dev.sidecar.server.offload.cache;

import org.jspecify.annotations.NullMarked;
