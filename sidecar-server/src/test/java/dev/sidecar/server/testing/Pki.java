package dev.sidecar.server.testing;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/** An authority of the test's own and what it issues, made by openssl. */
public final class Pki {

    private final Path directory;
    private final Path ca;
    private final Path caKey;

    /** A new authority whose files are in the directory. */
    public Pki(Path directory, String name) {
        this.directory = directory;
        this.ca = directory.resolve(name + "-ca.pem");
        this.caKey = directory.resolve(name + "-ca.key");
        openssl(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-keyout",
                caKey.toString(),
                "-out",
                ca.toString());
    }

    /** A server that shows this certificate, asks for one if it is to, and answers everything with 204. */
    public HttpsServer serve(Issued shown, boolean wantsCertificate) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(shown)) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters chosen = getSSLContext().getDefaultSSLParameters();
                chosen.setNeedClientAuth(wantsCertificate);
                parameters.setSSLParameters(chosen);
            }
        });
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** A certificate and its key. */
    public record Issued(Path certificate, Path key) {}

    public Path ca() {
        return ca;
    }

    /**
     * Issues a certificate.
     *
     * @param algorithm as openssl names it, such as {@code rsa:2048} or {@code ec}
     * @param names such as {@code DNS:a.example,IP:127.0.0.1}
     */
    public Issued issue(String file, String algorithm, String names) {
        Path certificate = directory.resolve(file + ".pem");
        Path key = directory.resolve(file + ".key");
        List<String> line = new ArrayList<>(List.of("req", "-x509", "-newkey", algorithm));
        if (algorithm.equals("ec")) {
            line.addAll(List.of("-pkeyopt", "ec_paramgen_curve:P-256"));
        }
        line.addAll(List.of(
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + file,
                "-addext",
                "subjectAltName=" + names,
                "-CA",
                ca.toString(),
                "-CAkey",
                caKey.toString(),
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString()));
        openssl(line.toArray(String[]::new));
        return new Issued(certificate, key);
    }

    /** What trusts this authority, and shows the certificate where one is given. */
    public SSLContext context(@Nullable Issued own) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            try (InputStream in = Files.newInputStream(ca)) {
                Certificate authority = CertificateFactory.getInstance("X.509").generateCertificate(in);
                trusted.setCertificateEntry("ca", authority);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            if (own != null) {
                store.setKeyEntry(
                        "own",
                        PemContent.load(own.key()).getPrivateKey(),
                        new char[0],
                        PemContent.load(own.certificate()).getCertificates().toArray(Certificate[]::new));
            }
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void openssl(String... arguments) {
        List<String> line = new ArrayList<>(List.of("openssl"));
        line.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(line + ": " + said);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
