/** The life of the pair of sidecar and application. */
@NullMarked
package dev.sidecar.server.lifecycle;

import org.jspecify.annotations.NullMarked;
