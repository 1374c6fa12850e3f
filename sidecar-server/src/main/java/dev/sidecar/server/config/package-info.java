/** Configuration on the v1 API. */
@NullMarked
package dev.sidecar.server.config;

import org.jspecify.annotations.NullMarked;
