/** The ports of the core over the v1 API of a sidecar process. */
@NullMarked
package dev.sidecar.client;

import org.jspecify.annotations.NullMarked;
