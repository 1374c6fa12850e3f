package dev.sidecar.autoconfigure.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import dev.sidecar.logging.Logs;
import java.util.function.Consumer;

/**
 * Hands every log event to the pipeline. What the pipeline itself has to say, and what is logged while a record is
 * handed over, goes to the console instead: it would come back for ever.
 */
final class SidecarAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private final Logs logs;
    private final Consumer<ILoggingEvent> aside;
    private final ThreadLocal<Boolean> busy = new ThreadLocal<>();

    SidecarAppender(Logs logs, Consumer<ILoggingEvent> aside) {
        this.logs = logs;
        this.aside = aside;
        setName("SIDECAR");
    }

    @Override
    public void doAppend(ILoggingEvent event) {
        if (!isStarted()) {
            return;
        }
        if (busy.get() != null || isOfThePipeline(event)) {
            aside.accept(event);
            return;
        }
        busy.set(Boolean.TRUE);
        try {
            append(event);
        } catch (RuntimeException e) {
            addError("Could not hand over a log event", e);
            aside.accept(event);
        } finally {
            busy.remove();
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        logs.log(LogbackRecords.of(event));
    }

    private static boolean isOfThePipeline(ILoggingEvent event) {
        String logger = event.getLoggerName();
        return logger.startsWith("dev.sidecar.logging.")
                || logger.startsWith("dev.sidecar.client.")
                || event.getThreadName().startsWith("sidecar-log");
    }
}
