package dev.sidecar.server.listener;

/** The way a request came in; it decides what may be asked and what proof is wanted. */
public enum Listener {
    /** The v1 API by TCP. */
    API,
    /** The v1 API by Unix socket: the file's mode is the proof. */
    SOCKET,
    /** Actuator and page. */
    OPS
}
