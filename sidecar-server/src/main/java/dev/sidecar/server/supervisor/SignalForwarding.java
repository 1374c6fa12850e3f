package dev.sidecar.server.supervisor;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Catches what this process is sent. QUIT stays the virtual machine's own (it prints a thread dump), and cannot be
 * caught.
 */
final class SignalForwarding {

    private static final Logger LOG = LoggerFactory.getLogger(SignalForwarding.class);

    private SignalForwarding() {}

    /** Calls the receiver on the virtual machine's signal thread; it must not block. */
    static void to(Consumer<AppSignal> receiver) {
        for (AppSignal signal : AppSignal.values()) {
            if (signal.isCaught()) {
                install(signal, receiver);
            }
        }
    }

    private static void install(AppSignal signal, Consumer<AppSignal> receiver) {
        try {
            Signal name = new Signal(signal.name());
            SignalHandler before = Signal.handle(name, caught -> receiver.accept(signal));
            // Whoever started us under nohup wants a hang-up ignored, by the application as well.
            if (signal == AppSignal.HUP && before == SignalHandler.SIG_IGN) {
                Signal.handle(name, SignalHandler.SIG_IGN);
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("signal {} cannot be caught here: {}", signal, e.getMessage());
        }
    }
}
