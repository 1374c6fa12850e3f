/** What the Linux kernel says in {@code /proc} and {@code /sys}, below any root, so that tests can bring their own. */
@NullMarked
package dev.sidecar.linux;

import org.jspecify.annotations.NullMarked;
