package dev.sidecar.server.proxy.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How those who are called are spoken to where they want TLS.
 *
 * @param ca PEM file with the certificates by which theirs are issued; the usual ones by default.
 * @param certificate PEM file with the certificate that is shown to them.
 * @param key PEM file with its private key.
 * @param keyPassword Password of the key.
 * @param serverName The name that they must have a certificate for; their host by default.
 * @param verify Whether they must prove who they are.
 */
public record ClientTlsProperties(
        @Nullable Path ca,
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable String keyPassword,
        @Nullable String serverName,
        @DefaultValue("true") boolean verify) {

    /**
     * The same as the data plane wants it.
     *
     * @param property its prefix, for the message when it cannot be
     * @throws IllegalArgumentException when there is a certificate without a key, or the other way round
     */
    public ClientTls tls(String property) {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException(property + " needs both certificate and key, or neither");
        }
        KeyPairFiles pair = certificate == null || key == null ? null : new KeyPairFiles(certificate, key, keyPassword);
        return new ClientTls(ca, pair, verify, false);
    }
}
