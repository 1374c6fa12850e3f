/** What is a secret, by its name and by its form; for every feature that shows text of the application's. */
@NullMarked
package dev.sidecar.redaction;

import org.jspecify.annotations.NullMarked;
