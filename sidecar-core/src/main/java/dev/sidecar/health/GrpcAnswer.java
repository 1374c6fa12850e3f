package dev.sidecar.health;

/**
 * How a call ended.
 *
 * @param grpcStatus the number in the trailers; 2, unknown, where there is none
 * @param detail what the server said of the status, may be empty
 * @param message of the body, as it came
 */
@SuppressWarnings("ArrayRecordComponent")
record GrpcAnswer(int httpStatus, int grpcStatus, String detail, byte[] message) {}
