/** How values of the core look on the wire. */
@NullMarked
package dev.sidecar.json;

import org.jspecify.annotations.NullMarked;
