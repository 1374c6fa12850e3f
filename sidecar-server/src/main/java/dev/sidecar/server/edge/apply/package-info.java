/** One change of a proxy from its candidate to its end: what happened, what was held back, what is kept. */
@NullMarked
package dev.sidecar.server.edge.apply;

import org.jspecify.annotations.NullMarked;
