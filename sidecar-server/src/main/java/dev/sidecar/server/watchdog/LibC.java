package dev.sidecar.server.watchdog;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * The few calls of the C library that Java has no words for: datagrams on Unix sockets, with the credentials of who
 * sent them (unix(7), recvmsg(2)). The numbers are those of Linux on x86-64 and aarch64.
 */
final class LibC {

    static final int AF_UNIX = 1;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int SOL_SOCKET = 1;
    static final int SO_PASSCRED = 16;
    static final int SCM_CREDENTIALS = 2;
    static final int SHUT_RDWR = 2;
    static final int MSG_CMSG_CLOEXEC = 0x40000000;
    static final int EINTR = 4;

    static {
        Native.register(LibC.class, "c");
    }

    private LibC() {}

    static native int socket(int domain, int type, int protocol) throws LastErrorException;

    static native int bind(int socket, byte[] address, int length) throws LastErrorException;

    static native int setsockopt(int socket, int level, int option, int[] value, int length) throws LastErrorException;

    static native long recvmsg(int socket, Pointer header, int flags) throws LastErrorException;

    static native int shutdown(int socket, int how) throws LastErrorException;

    static native int close(int descriptor) throws LastErrorException;
}
