/** Keeps the configuration of a real NGINX or HAProxy in step with the world: watch, render, check, apply, confirm. */
@NullMarked
package dev.sidecar.server.edge;

import org.jspecify.annotations.NullMarked;
