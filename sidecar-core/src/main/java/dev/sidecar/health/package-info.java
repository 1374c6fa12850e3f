/** Checks, the groups they form and the answer to: may this instance get traffic? */
@NullMarked
package dev.sidecar.health;

import org.jspecify.annotations.NullMarked;
