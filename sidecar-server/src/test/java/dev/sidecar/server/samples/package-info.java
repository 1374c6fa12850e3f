/** The samples, started as their READMEs say. */
@NullMarked
package dev.sidecar.server.samples;

import org.jspecify.annotations.NullMarked;
