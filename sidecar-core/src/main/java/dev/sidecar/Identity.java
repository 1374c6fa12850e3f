package dev.sidecar;

import dev.sidecar.discovery.ServiceNames;

/**
 * Who an application instance is.
 *
 * @param name the service name, such as {@code orders}
 * @param instance unique on the network, by default {@code <host>-<pid>}
 * @param host the name of the machine or container
 */
public record Identity(String name, String instance, String host) {

    public Identity {
        ServiceNames.check("sidecar.app.name", name);
        ServiceNames.check("sidecar.app.instance", instance);
    }
}
