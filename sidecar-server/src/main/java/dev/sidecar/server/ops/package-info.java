/** For operators: the ops port, its page and the actuator. */
@NullMarked
package dev.sidecar.server.ops;

import org.jspecify.annotations.NullMarked;
