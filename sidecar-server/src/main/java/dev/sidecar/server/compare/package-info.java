/** Measures the library against the sidecar on this machine, and writes what it found as JSON and as a page. */
@NullMarked
package dev.sidecar.server.compare;

import org.jspecify.annotations.NullMarked;
