/** Configuration for programs that read only files and environment variables. */
@NullMarked
package dev.sidecar.config.render;

import org.jspecify.annotations.NullMarked;
