package dev.sidecar.server.supervisor;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.Logs;
import dev.sidecar.logging.Severity;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** What this process itself has to say, as records of the source {@code sidecar} in its own pipeline. */
final class OwnRecords extends AppenderBase<ILoggingEvent> {

    private final Logs logs;

    private OwnRecords(Logs logs) {
        this.logs = logs;
    }

    /**
     * From now on.
     *
     * @param printed whether the pipeline prints them, so that nothing else has to
     */
    static void to(Logs logs, boolean printed) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        if (printed) {
            root.iteratorForAppenders().forEachRemaining(appender -> {
                if (appender instanceof ConsoleAppender<?>) {
                    root.detachAppender(appender);
                }
            });
        }
        OwnRecords appender = new OwnRecords(logs);
        appender.setContext(context);
        appender.start();
        root.addAppender(appender);
    }

    @Override
    protected void append(ILoggingEvent event) {
        Map<String, Object> attributes = new HashMap<>();
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs().forEach(pair -> attributes.put(pair.key, String.valueOf(pair.value)));
        }
        if (event.getThrowableProxy() != null) {
            attributes.put("exception.type", event.getThrowableProxy().getClassName());
            attributes.put("exception.stacktrace", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        logs.log(LogRecord.builder()
                .severity(severity(event.getLevel()))
                .severityText(event.getLevel().toString())
                .body(event.getFormattedMessage())
                .attributes(attributes)
                .scope(event.getLoggerName())
                .source("sidecar")
                .build());
    }

    private static Severity severity(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> Severity.ERROR;
            case Level.WARN_INT -> Severity.WARN;
            case Level.DEBUG_INT -> Severity.DEBUG;
            case Level.TRACE_INT -> Severity.TRACE;
            default -> Severity.INFO;
        };
    }
}
