package dev.sidecar.server.proxy.tls;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * A certificate with its chain and the private key to it, as PEM files.
 *
 * @param certificate the certificate first, then those it was issued by
 * @param key in PKCS#8, PKCS#1 or SEC1
 * @param password of the key; null when it has none
 */
public record KeyPairFiles(Path certificate, Path key, @Nullable String password) {

    private static final Logger LOG = LoggerFactory.getLogger("dev.sidecar.tls");
    private static final int DNS = 2;

    @Override
    public String toString() {
        return "KeyPairFiles[certificate=" + certificate + ", key=" + key + "]";
    }

    /** Reads both and sees to it that they belong together. */
    Loaded load() throws IOException {
        List<X509Certificate> chain = certificates(certificate);
        PrivateKey secret = privateKey();
        try {
            if (!fits(chain.get(0), secret)) {
                throw new IOException("the key in " + key + " is not the one of the certificate in " + certificate);
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(certificate + " with " + key + " cannot be used: " + e.getMessage(), e);
        }
        try {
            chain.get(0).checkValidity();
        } catch (CertificateException e) {
            LOG.warn("the certificate in {} is not valid now: {}", certificate, e.getMessage());
        }
        return new Loaded(chain.toArray(X509Certificate[]::new), secret);
    }

    /** All certificates of a PEM file, at least one. */
    static List<X509Certificate> certificates(Path file) throws IOException {
        try {
            List<X509Certificate> found = read(file).getCertificates();
            if (!found.isEmpty()) {
                return found;
            }
        } catch (RuntimeException e) {
            throw new IOException(file + " is not a PEM file with certificates", e);
        }
        throw new IOException(file + " has no certificate");
    }

    private static PemContent read(Path file) throws IOException {
        try {
            return PemContent.load(file);
        } catch (NoSuchFileException e) {
            throw new IOException(file + " is not there", e);
        } catch (AccessDeniedException e) {
            throw new IOException(file + " may not be read", e);
        }
    }

    // The cause may tell of the key.
    private PrivateKey privateKey() throws IOException {
        try {
            PrivateKey found = read(key).getPrivateKey(password);
            if (found != null) {
                return found;
            }
        } catch (RuntimeException e) {
            throw new IOException(
                    key + " is not a PEM file with a private key" + (password == null ? "" : " of that password"));
        }
        throw new IOException(key + " has no private key");
    }

    private static boolean fits(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        String algorithm = key.getAlgorithm();
        if (!algorithm.equals(certificate.getPublicKey().getAlgorithm())
                && !(algorithm.startsWith("Ed") || algorithm.equals("EdDSA"))) {
            return false;
        }
        String signing =
                switch (algorithm) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> algorithm;
                };
        byte[] text = {1, 2, 3};
        Signature signature = Signature.getInstance(signing);
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(text);
        return signature.verify(signed);
    }

    /** What was read. */
    record Loaded(X509Certificate[] chain, PrivateKey key) {

        /** The names it is for, in lower case. */
        List<String> names() {
            try {
                var names = chain[0].getSubjectAlternativeNames();
                return names == null
                        ? List.of()
                        : names.stream()
                                .filter(name -> name.get(0).equals(DNS))
                                .map(name -> name.get(1).toString().toLowerCase(java.util.Locale.ROOT))
                                .toList();
            } catch (CertificateParsingException e) {
                return List.of();
            }
        }
    }
}
