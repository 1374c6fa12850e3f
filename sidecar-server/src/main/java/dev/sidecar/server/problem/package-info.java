/** Every refusal as RFC 9457 problem details, whoever found the fault. */
@NullMarked
package dev.sidecar.server.problem;

import org.jspecify.annotations.NullMarked;
