/** What a proxy's configuration is made from: services, stored values, environment, files. */
@NullMarked
package dev.sidecar.server.edge.input;

import org.jspecify.annotations.NullMarked;
