package dev.sidecar.server.watchdog;

/**
 * What somebody sent.
 *
 * @param pid of the process that sent it, in our name space; 0 where it is in none that we see
 * @param uid of its user
 */
record Datagram(byte[] content, long pid, long uid) {}
