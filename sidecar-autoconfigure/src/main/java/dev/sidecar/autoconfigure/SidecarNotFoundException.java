package dev.sidecar.autoconfigure;

/** The sidecar delivery was asked for and nothing says where the sidecar listens. */
final class SidecarNotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SidecarNotFoundException() {
        super("sidecar.delivery is 'sidecar', but neither sidecar.endpoint nor SIDECAR_SOCKET nor SIDECAR_URL is set");
    }
}
