/** What a client takes of what there is: content codings and conditions (RFC 9110 sections 12 and 13). */
@NullMarked
package dev.sidecar.server.offload.negotiation;

import org.jspecify.annotations.NullMarked;
