/** How a neighbour is called: whom, how long, how often again, and when not. Decides, and never blocks or runs anything. */
@NullMarked
package dev.sidecar.resilience;

import org.jspecify.annotations.NullMarked;
