/** The sidecar process. */
@NullMarked
package dev.sidecar.server;

import org.jspecify.annotations.NullMarked;
