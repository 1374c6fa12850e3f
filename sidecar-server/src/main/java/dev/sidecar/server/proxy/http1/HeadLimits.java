package dev.sidecar.server.proxy.http1;

/**
 * How large a message head may be; larger is 431, or 502 from an upstream.
 *
 * @param maxBytes the start line and all fields with their line ends
 * @param maxFields number of header fields; trailers are counted by themselves
 * @param maxTargetBytes the request target; longer is 414
 */
public record HeadLimits(int maxBytes, int maxFields, int maxTargetBytes) {

    public static final HeadLimits DEFAULT = new HeadLimits(32 * 1024, 100, 8 * 1024);
}
