package dev.sidecar.server.watchdog;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A Unix socket for datagrams. There is room for credentials in what it receives and for nothing else, so the kernel
 * closes any descriptor that comes along: who waits for that ({@code BARRIER=1}) goes on, and nobody can fill our table
 * ({@code FDSTORE=1}).
 */
final class DatagramSocket implements AutoCloseable {

    private static final int LARGEST = 64 * 1024;
    private static final int LONGEST_NAME = 107;

    /** A header of 16 bytes, and pid, uid and gid, to the next multiple of 8. */
    private static final int CREDENTIALS = 32;

    private final int descriptor;
    private final Memory content = new Memory(LARGEST);
    private final Memory vector = new Memory(16);
    private final Memory control = new Memory(CREDENTIALS);
    private final Memory header = new Memory(56);
    private volatile boolean closed;

    private DatagramSocket(int descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Listens.
     *
     * @param name a path, or {@code @} and a name in the abstract name space
     */
    static DatagramSocket bind(String name) throws IOException {
        byte[] address = address(name);
        try {
            int descriptor = LibC.socket(LibC.AF_UNIX, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC, 0);
            DatagramSocket socket = new DatagramSocket(descriptor);
            try {
                int unused = LibC.setsockopt(descriptor, LibC.SOL_SOCKET, LibC.SO_PASSCRED, new int[] {1}, 4);
                unused = LibC.bind(descriptor, address, address.length);
                return socket;
            } catch (LastErrorException e) {
                socket.close();
                throw e;
            }
        } catch (LastErrorException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** {@code sockaddr_un}: the family, and the path or, after a 0, the abstract name. */
    private static byte[] address(String name) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST_NAME) {
            throw new IOException("'" + name + "' is longer than " + LONGEST_NAME + " bytes");
        }
        boolean abstractName = name.startsWith("@");
        ByteBuffer address = ByteBuffer.allocate(2 + bytes.length + (abstractName ? 0 : 1))
                .order(ByteOrder.nativeOrder())
                .putShort((short) LibC.AF_UNIX)
                .put(bytes);
        if (abstractName) {
            address.put(2, (byte) 0);
        }
        return address.array();
    }

    /**
     * Waits for the next one. One thread at a time.
     *
     * @throws IOException when it was closed
     */
    Datagram receive() throws IOException {
        while (!closed) {
            prepare();
            try {
                int length = (int) LibC.recvmsg(descriptor, header, LibC.MSG_CMSG_CLOEXEC);
                if (closed) {
                    break;
                }
                return new Datagram(content.getByteArray(0, length), credential(16), credential(20));
            } catch (LastErrorException e) {
                if (e.getErrorCode() != LibC.EINTR) {
                    throw new IOException(e.getMessage(), e);
                }
            }
        }
        throw new IOException("closed");
    }

    /** {@code msghdr}: no name, one buffer, room for the credentials. */
    private void prepare() {
        vector.setPointer(0, content);
        vector.setLong(8, LARGEST);
        header.clear();
        control.clear();
        header.setPointer(16, vector);
        header.setLong(24, 1);
        header.setPointer(32, control);
        header.setLong(40, CREDENTIALS);
    }

    /** At this place of the control message, or -1 where it is another. */
    private long credential(int offset) {
        boolean there = header.getLong(40) >= 28
                && control.getInt(8) == LibC.SOL_SOCKET
                && control.getInt(12) == LibC.SCM_CREDENTIALS;
        return there ? Integer.toUnsignedLong(control.getInt(offset)) : -1;
    }

    /** Wakes who waits. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            int unused = LibC.shutdown(descriptor, LibC.SHUT_RDWR);
        } catch (LastErrorException e) {
            // It is closed all the same.
        }
        int unused = LibC.close(descriptor);
    }
}
