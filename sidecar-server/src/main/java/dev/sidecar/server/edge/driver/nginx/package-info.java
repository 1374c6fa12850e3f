/** NGINX. */
@NullMarked
package dev.sidecar.server.edge.driver.nginx;

import org.jspecify.annotations.NullMarked;
