package dev.sidecar.autoconfigure.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import dev.sidecar.logging.Logs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The place of the pipelines at the root logger. The root logger belongs to the JVM and pipelines to application
 * contexts, so: the newest pipeline gets the records, when it goes the one before it does, and after the last the
 * console is back as it was. A new configuration of Logback (another application starts in this JVM) does not end it.
 * Thread-safe.
 */
final class RootAttachment {

    /** One application's pipeline. */
    record Pipeline(SidecarAppender appender, boolean prints) {}

    private static final Map<LoggerContext, RootAttachment> ALL = new ConcurrentHashMap<>();

    private final Logger root;
    private final Deque<Pipeline> pipelines = new ArrayDeque<>();
    private final List<Appender<ILoggingEvent>> consoles = new CopyOnWriteArrayList<>();

    private RootAttachment(LoggerContext context) {
        root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    /** The one of this Logback. */
    static RootAttachment of(LoggerContext context) {
        return ALL.computeIfAbsent(context, RootAttachment::new);
    }

    /** Logback may have been configured anew, which drops every appender: puts the front pipeline back. */
    static void reattach(LoggerContext context) {
        RootAttachment attachment = ALL.get(context);
        if (attachment != null) {
            attachment.reattach();
        }
    }

    private synchronized void reattach() {
        Pipeline front = pipelines.peek();
        if (front != null && !root.isAttached(front.appender())) {
            consoles.clear();
            arrange();
        }
    }

    /**
     * Puts a pipeline in front.
     *
     * @param prints whether the pipeline prints records, so that the console of Logback must not
     */
    synchronized Pipeline add(Logs logs, boolean prints) {
        SidecarAppender appender = new SidecarAppender(logs, this::printAside);
        appender.setContext(root.getLoggerContext());
        Pipeline pipeline = new Pipeline(appender, prints);
        pipelines.push(pipeline);
        arrange();
        return pipeline;
    }

    synchronized void remove(Pipeline pipeline) {
        pipelines.remove(pipeline);
        root.detachAppender(pipeline.appender());
        pipeline.appender().stop();
        arrange();
    }

    private void arrange() {
        Pipeline front = pipelines.peek();
        pipelines.forEach(pipeline -> root.detachAppender(pipeline.appender()));
        if (front == null || !front.prints()) {
            restoreConsoles();
        } else {
            takeConsoles();
        }
        if (front != null) {
            front.appender().start();
            root.addAppender(front.appender());
        }
    }

    private void takeConsoles() {
        List<Appender<ILoggingEvent>> attached = new ArrayList<>();
        root.iteratorForAppenders().forEachRemaining(attached::add);
        for (Appender<ILoggingEvent> appender : attached) {
            if (appender instanceof ConsoleAppender) {
                consoles.add(appender);
                root.detachAppender(appender);
            }
        }
    }

    private void restoreConsoles() {
        consoles.forEach(root::addAppender);
        consoles.clear();
    }

    private void printAside(ILoggingEvent event) {
        consoles.forEach(console -> console.doAppend(event));
    }
}
