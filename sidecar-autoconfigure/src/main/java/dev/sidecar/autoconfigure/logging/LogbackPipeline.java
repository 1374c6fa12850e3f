package dev.sidecar.autoconfigure.logging;

import ch.qos.logback.classic.LoggerContext;
import dev.sidecar.Sidecar;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Attaches the pipeline to Logback for the life of the application context. It is a bean post-processor only to be
 * there before the application's own beans, whose first words would otherwise be printed unredacted.
 */
final class LogbackPipeline implements BeanPostProcessor, DisposableBean {

    private final @Nullable RootAttachment attachment;
    private final RootAttachment.@Nullable Pipeline pipeline;

    LogbackPipeline(Sidecar sidecar, boolean prints) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            attachment = RootAttachment.of(context);
            pipeline = attachment.add(sidecar.logs(), prints);
        } else {
            attachment = null;
            pipeline = null;
        }
    }

    @Override
    public void destroy() {
        if (attachment != null && pipeline != null) {
            attachment.remove(pipeline);
        }
    }
}
