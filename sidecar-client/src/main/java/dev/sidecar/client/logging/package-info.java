/** Log records on their way to the sidecar. */
@NullMarked
package dev.sidecar.client.logging;

import org.jspecify.annotations.NullMarked;
