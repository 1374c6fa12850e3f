/** What configuration promises. */
@NullMarked
package dev.sidecar.tck.config;

import org.jspecify.annotations.NullMarked;
