/** Properties of discovery, and the registry as Spring Cloud knows one. */
@NullMarked
package dev.sidecar.autoconfigure.discovery;

import org.jspecify.annotations.NullMarked;
