package dev.sidecar.server.discovery;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The discovery part of the API, as one thing to import. */
@Configuration(proxyBeanMethods = false)
@Import({ServicesController.class, InstanceController.class, HostsController.class})
public class DiscoveryApi {}
