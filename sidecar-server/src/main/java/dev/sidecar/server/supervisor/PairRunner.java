package dev.sidecar.server.supervisor;

import dev.sidecar.Identity;
import dev.sidecar.LocalSidecar;
import dev.sidecar.autoconfigure.watchdog.WatchdogProperties;
import dev.sidecar.discovery.Registrar;
import dev.sidecar.discovery.Registration;
import dev.sidecar.health.CheckDefinition;
import dev.sidecar.runtime.AppRoot;
import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.server.lifecycle.ExitCodes;
import dev.sidecar.server.lifecycle.PairLifecycle;
import dev.sidecar.server.lifecycle.StartupFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs a pair in a process whose API is up already: everything that comes after that, to the exit code. */
public final class PairRunner {

    /** How long the logs may take to reach the sinks at the end. */
    private static final Duration FLUSH = Duration.ofSeconds(5);

    private final LocalSidecar sidecar;
    private final Identity identity;
    private final PairLifecycle lifecycle;
    private final SupervisorProperties properties;
    private final RegistrationWish wish;
    private final Duration propagation;
    private final Addresses here;
    private final WatchdogProperties watchdog;
    private final SidecarHome home;
    private final AppRoot root;
    private final AppConfig config;

    /** What of {@code sidecar.discovery} and {@code sidecar.health} concerns the application. */
    record RegistrationWish(
            boolean register,
            @Nullable Integer port,
            String address,
            Duration ttl,
            Map<String, String> metadata,
            List<CheckDefinition> checks) {}

    PairRunner(
            LocalSidecar sidecar,
            Identity identity,
            PairLifecycle lifecycle,
            SupervisorProperties properties,
            RegistrationWish wish,
            Duration propagation,
            Addresses here,
            WatchdogProperties watchdog,
            SidecarHome home,
            AppRoot root,
            AppConfig config) {
        this.sidecar = sidecar;
        this.identity = identity;
        this.lifecycle = lifecycle;
        this.properties = properties;
        this.wish = wish;
        this.propagation = propagation;
        this.here = here;
        this.watchdog = watchdog;
        this.home = home;
        this.root = root;
        this.config = config;
    }

    /** Starts the application, stays with it to its end, and returns the exit code of this process. */
    public int run(AppCommand command) {
        OwnRecords.to(sidecar.logs(), !properties.raw());
        String run = UUID.randomUUID().toString();
        AppWatch watch = new AppWatch(sidecar.watchdog(), signal(), run);
        try (Registrar registrar = new Registrar(sidecar.discovery(), sidecar.health());
                Notifications notifications =
                        Notifications.open(watchdog, sidecar.watchdog(), watch, home, identity, run);
                Guardian guardian = Guardian.start(run, notifications.and(here.litter()), root);
                AppConfig.AutoClosed rendering = config.render(sidecar.config(), guardian::signalApp)) {
            Supplier<Map<String, String>> environment = () -> AppEnvironment.of(
                    System.getenv(),
                    run,
                    identity,
                    here,
                    port(),
                    notifications.variables(),
                    config.environment(sidecar.config()));
            Supervisor supervisor =
                    new Supervisor(properties, propagation, lifecycle, guardian, registration(registrar), watch);
            SignalForwarding.to(supervisor::signalled);
            lifecycle.listen(supervisor);
            return supervisor.run(command, environment, output(), () -> ReadyLine.print(identity, here));
        } catch (IOException e) {
            throw new StartupFailure(ExitCodes.SOFTWARE, "cannot start the guardian: " + e.getMessage());
        } finally {
            sidecar.logs().flush(FLUSH);
        }
    }

    /** Stays with an application that somebody else started, until it ends or a stop is asked for. */
    public int attach(AttachedApp app) {
        if (app.isKnown()) {
            root.is(app.pid());
        }
        OwnRecords.to(sidecar.logs(), true);
        try (Registrar registrar = new Registrar(sidecar.discovery(), sidecar.health())) {
            AttachedSupervisor supervisor =
                    new AttachedSupervisor(app, propagation, lifecycle, registration(registrar));
            SignalForwarding.to(supervisor::signalled);
            lifecycle.listen(supervisor);
            if (app.isKnown()) {
                sidecar.watchdog()
                        .guard(new WatchedApp(
                                app.pid(), false, new ProcessTree(app.pid(), ""), WatchedApp.Hands.tied()));
            }
            return supervisor.run(() -> ReadyLine.print(identity, here));
        } finally {
            sidecar.logs().flush(FLUSH);
        }
    }

    private Optional<AppSignal> signal() {
        return Optional.ofNullable(watchdog.signal()).map(signal -> AppSignal.valueOf(signal.name()));
    }

    private OptionalInt port() {
        Integer port = wish.port();
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }

    private AppOutput output() {
        StandardStream out = StandardStream.out();
        StandardStream err = StandardStream.err();
        if (properties.raw()) {
            return new CapturedOutput(sidecar.logs(), out, err);
        }
        // The console sink writes there, and what it finds out is the application's business too.
        System.setOut(out.printing());
        System.setErr(err.printing());
        return new CapturedOutput(sidecar.logs(), out.echo(), err.echo());
    }

    private AppRegistration registration(Registrar registrar) {
        Integer port = wish.port();
        Optional<Registration> registration = port == null || !wish.register()
                ? Optional.empty()
                : Optional.of(new Registration(
                        identity.name(),
                        identity.instance(),
                        wish.address(),
                        port,
                        false,
                        wish.metadata(),
                        wish.ttl(),
                        true));
        String address = port == null ? null : wish.address() + ":" + port;
        return new AppRegistration(
                registrar, sidecar.health(), registration, AppRegistration.withDefault(wish.checks(), address));
    }
}
