package dev.sidecar.server.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A second reader of HTTP/1.1 requests, written from the grammar of RFC 9110 and 9112 by regular expressions and nothing
 * of the product: slow, strict, and wrong in other places if it is wrong. Text stands for bytes, one character each.
 */
final class ReferenceReading {

    private static final String TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
    private static final String VALUE = "[\\t\\x20-\\x7e\\x80-\\xff]*";
    private static final Pattern START = Pattern.compile("(" + TOKEN + ") ([\\x21-\\x7e]+) HTTP/1\\.([01])\\r\\n");
    private static final Pattern FIELD = Pattern.compile("(" + TOKEN + "):[ \\t]*(" + VALUE + ")\\r\\n");
    private static final Pattern END = Pattern.compile("\\r\\n");
    private static final String EXTENSIONS = "(?:;[\\t\\x20-\\x7e\\x80-\\xff]*)?";
    private static final Pattern CHUNK = Pattern.compile("([0-9a-fA-F]{1,15})" + EXTENSIONS + "\\r\\n");

    /** What one request says. */
    record Request(String method, String target, String id, String content) {
        /** Whether both are one, but for an identifier that did not get here. */
        boolean isWithoutId(Request sent) {
            return id.isEmpty()
                    && sent.method.equals(method)
                    && sent.target.equals(target)
                    && sent.content.equals(content);
        }
    }

    /** How far one is. */
    enum State {
        COMPLETE,
        UNFINISHED,
        MALFORMED
    }

    private final String text;
    private int at;
    private final List<Request> requests = new ArrayList<>();
    private State state = State.COMPLETE;

    private ReferenceReading(String text) {
        this.text = text;
    }

    /** Every complete request up to the end, or to where it is none any more. */
    static ReferenceReading of(String text) {
        ReferenceReading reading = new ReferenceReading(text);
        while (reading.at < text.length() && reading.state == State.COMPLETE) {
            int before = reading.at;
            reading.next();
            if (reading.state != State.COMPLETE) {
                reading.at = before;
            }
        }
        return reading;
    }

    List<Request> requests() {
        return requests;
    }

    State state() {
        return state;
    }

    private void next() {
        int head = text.indexOf("\r\n\r\n", at);
        if (head < 0) {
            state = State.UNFINISHED;
            return;
        }
        Matcher start = match(START);
        if (start == null) {
            return;
        }
        List<String> lengths = new ArrayList<>();
        List<String> codings = new ArrayList<>();
        List<String> hosts = new ArrayList<>();
        String id = "";
        while (at < head + 2) {
            Matcher field = match(FIELD);
            if (field == null) {
                return;
            }
            String value = field.group(2).replaceAll("[ \\t]+$", "");
            switch (field.group(1).toLowerCase(Locale.ROOT)) {
                case "content-length" -> lengths.add(value);
                case "transfer-encoding" -> codings.add(value);
                case "host" -> hosts.add(value);
                case "x-id" -> id = id.isEmpty() ? value : id;
                default -> {}
            }
        }
        at = head + 4;
        boolean old = start.group(3).equals("0");
        boolean framed = lengths.size() + codings.size() <= 1
                && lengths.stream().allMatch(length -> length.matches("[0-9]{1,18}"))
                && codings.stream().allMatch(coding -> coding.equalsIgnoreCase("chunked") && !old);
        if (!framed || (hosts.size() != 1 && !(old && hosts.isEmpty()))) {
            state = State.MALFORMED;
            return;
        }
        String content = !codings.isEmpty() ? chunks() : lengths.isEmpty() ? "" : take(Long.parseLong(lengths.get(0)));
        if (state == State.COMPLETE) {
            String target = start.group(2).replaceFirst("^(?i)http://[^/?]*", "");
            boolean bare = target.isEmpty() || target.startsWith("?");
            requests.add(new Request(start.group(1), bare ? "/" + target : target, id, content));
        }
    }

    private Matcher match(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            state = text.indexOf("\r\n", at) < 0 ? State.UNFINISHED : State.MALFORMED;
            return null;
        }
        at = matcher.end();
        return matcher;
    }

    private String take(long length) {
        if (length > text.length() - at) {
            state = State.UNFINISHED;
            return "";
        }
        String taken = text.substring(at, at + (int) length);
        at += (int) length;
        return taken;
    }

    private String chunks() {
        StringBuilder content = new StringBuilder();
        while (true) {
            Matcher size = match(CHUNK);
            if (size == null) {
                return "";
            }
            long length = Long.parseLong(size.group(1), 16);
            if (length == 0) {
                while (match(END) == null) {
                    boolean unfinished = state == State.UNFINISHED;
                    state = State.COMPLETE;
                    if (unfinished || match(FIELD) == null) {
                        state = unfinished ? State.UNFINISHED : state;
                        return "";
                    }
                }
                return content.toString();
            }
            content.append(take(length));
            if (state != State.COMPLETE || match(END) == null) {
                return "";
            }
        }
    }
}
