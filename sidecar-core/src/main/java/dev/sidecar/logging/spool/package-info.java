/**
 * Batches of bytes that wait on the disk until somebody has taken them: appended and synced before they are
 * acknowledged, read in order, at least once. Knows nothing of log records.
 */
@NullMarked
package dev.sidecar.logging.spool;

import org.jspecify.annotations.NullMarked;
