package dev.sidecar.server.proxy.tls;

import dev.sidecar.server.proxy.tls.KeyPairFiles.Loaded;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** The certificate for the name that the client asks for (SNI), else the first, or one of another type for the same names. */
final class NamedKeys extends X509ExtendedKeyManager {

    private final List<Loaded> pairs;
    private final List<List<String>> names = new ArrayList<>();

    NamedKeys(List<Loaded> pairs) {
        this.pairs = List.copyOf(pairs);
        pairs.forEach(pair -> names.add(pair.names()));
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        String asked = engine == null ? null : serverName(engine);
        // A pair of this type that is for another name must not be chosen before one of another type for this name.
        int most = asked == null
                ? 0
                : names.stream().mapToInt(each -> match(each, asked)).max().orElse(0);
        for (int i = 0; i < pairs.size(); i++) {
            boolean fits =
                    asked == null || most == 0 ? names.get(i).equals(names.get(0)) : match(names.get(i), asked) == most;
            if (fits && isOf(pairs.get(i), keyType)) {
                return String.valueOf(i);
            }
        }
        return null;
    }

    private static @Nullable String serverName(SSLEngine engine) {
        if (engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
            for (SNIServerName name : session.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return host.getAsciiName().toLowerCase(Locale.ROOT);
                }
            }
        }
        return null;
    }

    /** 2 for the name itself, 1 for a wildcard one level above it, 0 for none. */
    private static int match(List<String> names, String asked) {
        if (names.contains(asked)) {
            return 2;
        }
        int dot = asked.indexOf('.');
        return dot > 0 && names.contains("*" + asked.substring(dot)) ? 1 : 0;
    }

    private static boolean isOf(Loaded pair, String keyType) {
        String algorithm = pair.key().getAlgorithm();
        return keyType.equals(algorithm)
                || keyType.startsWith(algorithm + "_")
                || (algorithm.startsWith("Ed") && keyType.startsWith("Ed"));
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        for (String type : keyTypes) {
            String alias = chooseEngineServerAlias(type, issuers, null);
            if (alias != null) {
                return alias;
            }
        }
        return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return pairs.get(Integer.parseInt(alias)).chain().clone();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return pairs.get(Integer.parseInt(alias)).key();
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineClientAlias(keyTypes, issuers, null);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return aliases(keyType);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return aliases(keyType);
    }

    private String @Nullable [] aliases(String keyType) {
        String alias = chooseEngineServerAlias(keyType, null, null);
        return alias == null ? null : new String[] {alias};
    }
}
