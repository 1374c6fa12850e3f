/** Judges a {@code sidecar.yml} before anything is started: syntax, names and values, each with its line. */
@NullMarked
package dev.sidecar.server.cli.validation;

import org.jspecify.annotations.NullMarked;
