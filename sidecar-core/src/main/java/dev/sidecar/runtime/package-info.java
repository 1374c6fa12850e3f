/** The one place where threads are made, processes started, and files replaced. */
@NullMarked
package dev.sidecar.runtime;

import org.jspecify.annotations.NullMarked;
