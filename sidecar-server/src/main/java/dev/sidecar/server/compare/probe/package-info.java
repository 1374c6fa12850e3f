/** What runs in a process of its own to be measured: the application, its neighbour, and faults on demand. */
@NullMarked
package dev.sidecar.server.compare.probe;

import org.jspecify.annotations.NullMarked;
