package dev.sidecar.autoconfigure;

import dev.sidecar.Identity;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Works out who this application instance is. */
final class ApplicationIdentity {

    private ApplicationIdentity() {}

    static Identity of(SidecarProperties.App app, Environment environment) {
        String host = HostName.current();
        String name = first(app.name(), environment.getProperty("spring.application.name"), "application");
        String instance =
                first(app.instance(), null, host + "-" + ProcessHandle.current().pid());
        return new Identity(name, instance, host);
    }

    private static String first(@Nullable String said, @Nullable String known, String otherwise) {
        if (StringUtils.hasText(said)) {
            return said.trim();
        }
        return StringUtils.hasText(known) ? known.trim() : otherwise;
    }
}
