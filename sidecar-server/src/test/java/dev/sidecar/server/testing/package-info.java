/** Real sidecar processes for tests. */
@NullMarked
package dev.sidecar.server.testing;

import org.jspecify.annotations.NullMarked;
