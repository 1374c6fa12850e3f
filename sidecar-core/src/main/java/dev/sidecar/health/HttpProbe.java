package dev.sidecar.health;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Gets a URL, each time on a connection of its own, as a new client would. Redirects are not followed, for a redirect
 * is an answer too.
 *
 * <p>Written on sockets, because the JDK's client is a lot of memory and four threads for a question asked every few
 * seconds, keeps connections that outlive the listener, and cannot be told the Host.
 */
record HttpProbe(URI url, String request, @Nullable Integer expectedStatus) implements Probe {

    static HttpProbe of(CheckDefinition definition) {
        Integer expected = definition.expectedStatus();
        if (expected != null && (expected < 200 || expected > 599)) {
            throw CheckRules.refused(definition, "expectedStatus", expected, "a number from 200 to 599");
        }
        URI url = HttpRequestText.url(definition);
        return new HttpProbe(url, HttpRequestText.of(definition, url), expected);
    }

    @Override
    public ProbeResult run() throws IOException {
        boolean tls = "https".equalsIgnoreCase(url.getScheme());
        int port = url.getPort() > 0 ? url.getPort() : tls ? 443 : 80;
        String host = url.getHost().startsWith("[")
                ? url.getHost().substring(1, url.getHost().length() - 1)
                : url.getHost();
        // A channel, since an interrupt ends its waiting where that of a socket would go on.
        try (SocketChannel channel = new Address(host, port).connect()) {
            return tls ? overTls(channel, host, port) : plain(channel);
        } catch (IOException e) {
            return ProbeResult.fail(shown() + ": " + Output.of(e));
        }
    }

    private ProbeResult plain(SocketChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        return judge(HttpAnswer.read(Channels.newInputStream(channel)));
    }

    private ProbeResult overTls(SocketChannel channel, String host, int port) throws IOException {
        try (Socket socket = context().getSocketFactory().createSocket(channel.socket(), host, port, true)) {
            if (socket instanceof SSLSocket secure) {
                SSLParameters parameters = secure.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                secure.setSSLParameters(parameters);
            }
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            InputStream in = socket.getInputStream();
            return judge(HttpAnswer.read(in));
        }
    }

    private static SSLContext context() throws IOException {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("this JVM has no TLS", e);
        }
    }

    private ProbeResult judge(HttpAnswer answer) {
        int status = answer.status();
        boolean pass = expectedStatus == null ? status >= 200 && status < 400 : status == expectedStatus;
        String said = shown() + " answered " + status;
        if (pass) {
            return ProbeResult.pass(said);
        }
        String wanted = expectedStatus == null ? "2xx or 3xx" : expectedStatus.toString();
        String body = answer.body().isBlank() ? "" : "\n" + answer.body();
        return ProbeResult.fail(said + ", not " + wanted + body);
    }

    /** Without user info and query, which may be secrets. */
    private String shown() {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + url.getHost() + port + url.getRawPath();
    }
}
