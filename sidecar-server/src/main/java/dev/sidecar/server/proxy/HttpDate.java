package dev.sidecar.server.proxy;

import io.netty.handler.codec.DateFormatter;
import java.nio.charset.StandardCharsets;
import java.util.Date;

/** The {@code Date} line of an event loop, made once a second. Not thread-safe. */
final class HttpDate {

    private long second = -1;
    private byte[] line = new byte[0];

    byte[] line() {
        long now = System.currentTimeMillis() / 1000;
        if (now != second) {
            second = now;
            line = ("Date: " + DateFormatter.format(new Date(now * 1000)) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        }
        return line;
    }
}
