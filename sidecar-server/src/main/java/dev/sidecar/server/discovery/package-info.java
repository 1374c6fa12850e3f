/** The discovery part of the API. */
@NullMarked
package dev.sidecar.server.discovery;

import org.jspecify.annotations.NullMarked;
