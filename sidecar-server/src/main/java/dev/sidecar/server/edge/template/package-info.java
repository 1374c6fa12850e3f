/** Templates of proxy configurations, from which no value can break out. */
@NullMarked
package dev.sidecar.server.edge.template;

import org.jspecify.annotations.NullMarked;
