/** HAProxy. */
@NullMarked
package dev.sidecar.server.edge.driver.haproxy;

import org.jspecify.annotations.NullMarked;
