/** The command line: run and attach start the process, the other verbs are light clients of a running one. */
@NullMarked
package dev.sidecar.server.cli;

import org.jspecify.annotations.NullMarked;
