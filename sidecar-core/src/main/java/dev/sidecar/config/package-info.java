/** Configuration: layered values with origin, over a versioned store that the host shares. */
@NullMarked
package dev.sidecar.config;

import org.jspecify.annotations.NullMarked;
