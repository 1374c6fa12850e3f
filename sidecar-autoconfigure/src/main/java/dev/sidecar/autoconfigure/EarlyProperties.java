package dev.sidecar.autoconfigure;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;

/**
 * Gives our properties the infrastructure role, which an annotation cannot give them. Without it Spring warns that they
 * are made before all bean post-processors are there, which is what the log appender wants.
 */
final class EarlyProperties implements BeanFactoryPostProcessor {

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        String own = EarlyProperties.class.getPackageName() + ".";
        for (String name : beanFactory.getBeanDefinitionNames()) {
            String type = beanFactory.getBeanDefinition(name).getBeanClassName();
            if (type != null
                    && type.startsWith(own)
                    && type.endsWith("Properties")
                    && beanFactory.getBeanDefinition(name) instanceof AbstractBeanDefinition definition) {
                definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
            }
        }
    }
}
