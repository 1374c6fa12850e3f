package dev.sidecar.server.logging.capture;

/** Where in a text of several lines the next line is expected. */
enum TraceState {
    /** One line of which nothing is known. */
    PLAIN,
    /** Frames of Java or Node, and what belongs between them. */
    FRAMES,
    /** Within the braces of properties that Node prints after the frames. */
    NODE_PROPERTIES,
    /** Node's place of the error, then the source, the caret, an empty line and the error. */
    NODE_LOCATION,
    /** Frames of Python, ended by the line that names the error. */
    PYTHON_FRAMES,
    /** After the error of Python: it may have happened while another was handled. */
    PYTHON_AFTER,
    /** A key in PEM, which must not be taken apart, or nobody would know it for a secret. */
    PEM
}
