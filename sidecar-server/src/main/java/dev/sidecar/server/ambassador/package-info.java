/** The ambassador: the app calls its neighbours through this port, by route, under the policies of {@code resilience}. */
@NullMarked
package dev.sidecar.server.ambassador;

import org.jspecify.annotations.NullMarked;
