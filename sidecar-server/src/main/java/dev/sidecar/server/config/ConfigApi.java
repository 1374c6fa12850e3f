package dev.sidecar.server.config;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The configuration part of the API, as one thing to import. */
@Configuration(proxyBeanMethods = false)
@Import({ConfigController.class, ConfigEntryController.class, ConfigHistoryController.class})
public class ConfigApi {}
