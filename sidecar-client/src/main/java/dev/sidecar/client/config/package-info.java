/** Configuration over the v1 API. */
@NullMarked
package dev.sidecar.client.config;

import org.jspecify.annotations.NullMarked;
