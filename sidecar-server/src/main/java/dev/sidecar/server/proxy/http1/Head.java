package dev.sidecar.server.proxy.http1;

import java.util.ArrayList;
import java.util.List;

/** What the heads of requests and responses have in common: the fields and what they say about the message's end. */
public abstract sealed class Head permits RequestHead, ResponseHead {

    private static final int MAX_LENGTH_DIGITS = 18;

    private final Fields fields;
    private long contentLength = -1;
    private boolean chunked;
    private boolean close;
    private boolean keepAlive;
    private boolean upgradeNamed;
    private boolean trailersAccepted;
    private int upgrade = -1;
    private List<byte[]> nominated = List.of();

    Head(Fields fields) throws FramingException {
        this.fields = fields;
        for (int i = 0; i < fields.count(); i++) {
            switch (fields.kind(i)) {
                case Field.OTHER -> refuseDisguise(i);
                case Field.CONTENT_LENGTH -> contentLength(i);
                case Field.TRANSFER_ENCODING -> transferEncoding(i);
                case Field.CONNECTION -> connection(i);
                case Field.UPGRADE -> upgrade = i;
                case Field.TE -> trailersAccepted |= fields.valueIs(i, "trailers");
                default -> {}
            }
        }
        if (chunked && contentLength >= 0) {
            throw FramingException.malformed("both Transfer-Encoding and Content-Length");
        }
    }

    public final Fields fields() {
        return fields;
    }

    /** What Content-Length says, -1 when there is none. */
    public final long contentLength() {
        return contentLength;
    }

    public final boolean chunked() {
        return chunked;
    }

    /** Whether {@code Connection} asks for the end of the connection. */
    final boolean close() {
        return close;
    }

    final boolean keepAlive() {
        return keepAlive;
    }

    /** The line of {@code Upgrade} when {@code Connection} names it too, or -1. */
    final int upgradeLine() {
        return upgradeNamed ? upgrade : -1;
    }

    /** Whether the sender understands trailers ({@code TE: trailers}). */
    public final boolean trailersAccepted() {
        return trailersAccepted;
    }

    /** Whether the field line is of this hop only because {@code Connection} says so. */
    public final boolean isOfThisHop(int line) {
        return nominated(line);
    }

    /** Whether {@code Connection} declares the field line to be of this hop only. */
    final boolean nominated(int line) {
        for (byte[] name : nominated) {
            if (sameName(name, line)) {
                return true;
            }
        }
        return false;
    }

    private boolean sameName(byte[] name, int line) {
        int start = fields.nameStart(line);
        if (fields.nameEnd(line) - start != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (Octets.lower(fields.bytes()[start + i]) != name[i]) {
                return false;
            }
        }
        return true;
    }

    // A CGI-like server reads Content_Length and Content-Length as one.
    private void refuseDisguise(int line) throws FramingException {
        byte[] bytes = fields.bytes();
        int start = fields.nameStart(line);
        int end = fields.nameEnd(line);
        boolean underscore = false;
        for (int i = start; i < end; i++) {
            underscore |= bytes[i] == '_';
        }
        if (!underscore) {
            return;
        }
        byte[] name = java.util.Arrays.copyOfRange(bytes, start, end);
        for (int i = 0; i < name.length; i++) {
            name[i] = name[i] == '_' ? (byte) '-' : name[i];
        }
        if (Field.isProxys(Field.of(name, 0, name.length))) {
            throw FramingException.malformed("a field name with an underscore that can be taken for one with a hyphen");
        }
    }

    private void contentLength(int line) throws FramingException {
        if (contentLength >= 0) {
            throw FramingException.malformed("more than one Content-Length");
        }
        int start = fields.valueStart(line);
        int end = fields.valueEnd(line);
        if (start == end || end - start > MAX_LENGTH_DIGITS) {
            throw FramingException.malformed("a Content-Length that is not a number of 1 to 18 digits");
        }
        long length = 0;
        for (int i = start; i < end; i++) {
            byte octet = fields.bytes()[i];
            if (!Octets.digit(octet)) {
                throw FramingException.malformed("a Content-Length that is not a number of 1 to 18 digits");
            }
            length = length * 10 + (octet - '0');
        }
        contentLength = length;
    }

    private void transferEncoding(int line) throws FramingException {
        if (chunked || !fields.valueIs(line, "chunked")) {
            throw FramingException.malformed("a Transfer-Encoding other than one chunked");
        }
        chunked = true;
    }

    private void connection(int line) throws FramingException {
        byte[] bytes = fields.bytes();
        int end = fields.valueEnd(line);
        int at = fields.valueStart(line);
        while (at < end) {
            int start = at;
            while (at < end && Octets.token(bytes[at])) {
                at++;
            }
            if (at > start) {
                option(bytes, start, at);
            }
            while (at < end && Octets.blank(bytes[at])) {
                at++;
            }
            if (at < end && bytes[at++] != ',') {
                throw FramingException.malformed("a Connection field that is not a list of names");
            }
            while (at < end && Octets.blank(bytes[at])) {
                at++;
            }
        }
    }

    private void option(byte[] bytes, int start, int end) throws FramingException {
        if (Octets.equalsIgnoreCase(bytes, start, end, "keep-alive")) {
            keepAlive = true;
        } else if (Octets.equalsIgnoreCase(bytes, start, end, "close")) {
            close = true;
        } else if (Octets.equalsIgnoreCase(bytes, start, end, "upgrade")) {
            upgradeNamed = true;
        } else {
            byte kind = Field.of(bytes, start, end);
            if (Field.isFraming(kind)) {
                throw FramingException.malformed("a Connection field that names a field of the message itself");
            }
            if (!Field.isHopByHop(kind)) {
                nominate(bytes, start, end);
            }
        }
    }

    private void nominate(byte[] bytes, int start, int end) {
        byte[] name = new byte[end - start];
        for (int i = 0; i < name.length; i++) {
            name[i] = Octets.lower(bytes[start + i]);
        }
        if (nominated.isEmpty()) {
            nominated = new ArrayList<>(2);
        }
        nominated.add(name);
    }
}
