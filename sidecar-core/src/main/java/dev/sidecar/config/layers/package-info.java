/** What is below the store: defaults, the configuration file's values, files and directories, the environment. */
@NullMarked
package dev.sidecar.config.layers;

import org.jspecify.annotations.NullMarked;
