package dev.sidecar.autoconfigure.config;

import dev.sidecar.Sidecar;
import dev.sidecar.SidecarException;
import dev.sidecar.config.ConfigEntries;
import dev.sidecar.config.ConfigEntry;
import dev.sidecar.config.layers.LowerLayers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/**
 * Puts the values into Spring's environment before a bean of the application is made, where they rank as everywhere:
 * the store above the environment, files below it, defaults last.
 */
final class ValuesInEnvironment implements BeanFactoryPostProcessor, EnvironmentAware, Ordered {

    static final String STORE = "sidecarConfigStore";
    static final String LAYERS = "sidecarConfig";
    static final String DEFAULTS = "sidecarConfigDefaults";

    private static final Logger log = LoggerFactory.getLogger(ValuesInEnvironment.class);

    private final SpringValues values = new SpringValues();
    private ConfigurableEnvironment environment = new StandardEnvironment();
    private long index;

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = (ConfigurableEnvironment) environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        Sidecar sidecar = beanFactory.getBeanProvider(Sidecar.class).getIfAvailable();
        if (sidecar != null) {
            load(sidecar);
            MutablePropertySources sources = environment.getPropertySources();
            String before = StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME;
            String after = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
            ValuesPropertySource store = new ValuesPropertySource(
                    STORE, values, entry -> entry.origin().equals(ConfigEntry.STORE));
            ValuesPropertySource layers = new ValuesPropertySource(
                    LAYERS,
                    values,
                    entry -> !entry.origin().equals(ConfigEntry.STORE)
                            && !entry.origin().equals(LowerLayers.DEFAULT));
            if (sources.contains(before)) {
                sources.addBefore(before, store);
            } else {
                sources.addFirst(store);
            }
            if (sources.contains(after)) {
                sources.addAfter(after, layers);
            } else {
                sources.addAfter(STORE, layers);
            }
            sources.addLast(new ValuesPropertySource(
                    DEFAULTS, values, entry -> entry.origin().equals(LowerLayers.DEFAULT)));
        }
    }

    private void load(Sidecar sidecar) {
        try {
            ConfigEntries entries = sidecar.config().entries("");
            index = entries.index();
            values.replace(entries);
            if (entries.staleSince() != null) {
                log.warn("The sidecar does not answer: its configuration is not there until it does");
            }
        } catch (SidecarException e) {
            log.warn("The configuration is not there until it can be read: {}", e.getMessage());
        }
    }

    SpringValues values() {
        return values;
    }

    /** What is in the environment is as of this index; 0 when nothing could be read. */
    long index() {
        return index;
    }

    /** After those that resolve placeholders, whose sources the properties of Sidecar are read through. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
