package dev.sidecar.monitor;

/**
 * What the monitor itself uses.
 *
 * @param cpuSeconds since it started
 * @param cores of that, over the time it ran: 0.005 is half a percent of one core
 * @param lastSampleMs how long the last sample took
 */
public record MonitorCost(double cpuSeconds, double cores, double lastSampleMs) {}
