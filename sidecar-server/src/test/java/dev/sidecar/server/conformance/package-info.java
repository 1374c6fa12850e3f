/** Every delivery against the conformance suite. */
@NullMarked
package dev.sidecar.server.conformance;

import org.jspecify.annotations.NullMarked;
