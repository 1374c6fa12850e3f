/** What a proxy leaves behind of each request: a log record and meters. */
@NullMarked
package dev.sidecar.server.proxy.record;

import org.jspecify.annotations.NullMarked;
