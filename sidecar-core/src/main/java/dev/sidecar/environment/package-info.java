/** Who the application is and where it runs. */
@NullMarked
package dev.sidecar.environment;

import org.jspecify.annotations.NullMarked;
