/** Plain HTTP for the wire half of the contracts, by hand, so that no client of ours judges its own server. */
@NullMarked
package dev.sidecar.tck.wire;

import org.jspecify.annotations.NullMarked;
