/** The file a proxy reads: staged beside it, put in its place in one step, and found again after a crash. */
@NullMarked
package dev.sidecar.server.edge.file;

import org.jspecify.annotations.NullMarked;
