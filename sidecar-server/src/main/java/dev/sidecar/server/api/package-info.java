/** The v1 API as a whole: who this is, drain and shutdown, the OpenAPI document. */
@NullMarked
package dev.sidecar.server.api;

import org.jspecify.annotations.NullMarked;
