package dev.sidecar.server.cli.validation;

/**
 * Something that is to be said of a configuration file.
 *
 * @param line from 1
 * @param column from 1
 * @param error false where it is only worth knowing
 */
public record Finding(int line, int column, boolean error, String detail) {}
