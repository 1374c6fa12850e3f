/** Static files by HTTP's own rules (RFC 9110): found safely, negotiated, conditional, in ranges. */
@NullMarked
package dev.sidecar.server.offload.files;

import org.jspecify.annotations.NullMarked;
