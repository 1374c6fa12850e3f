/** How a proxy is asked whether a configuration is right, and made to serve it. */
@NullMarked
package dev.sidecar.server.edge.driver;

import org.jspecify.annotations.NullMarked;
