package dev.sidecar.server.edge.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What a program says on its standard error, by way of a file: it can go on speaking when this process is killed.
 * Used by one thread.
 */
final class SpokenWords {

    private static final long MAX_FILE = 1 << 20;
    private static final int MAX_READ = 64 << 10;
    private static final int LAST_LINES = 10;

    private final Path file;
    private final Deque<String> last = new ArrayDeque<>();
    private long position;

    /** @param file that the program appends to */
    SpokenWords(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /** Forgets everything, for a program that is about to start. */
    void begin() throws IOException {
        last.clear();
        truncate();
    }

    private void truncate() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
        position = 0;
    }

    /** Whole lines that were said since the last call. */
    List<String> more() {
        try (RandomAccessFile said = new RandomAccessFile(file.toFile(), "r")) {
            position = Math.min(position, said.length());
            said.seek(position);
            byte[] bytes = new byte[(int) Math.min(MAX_READ, said.length() - position)];
            said.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            int end = bytes.length == MAX_READ ? text.length() : text.lastIndexOf('\n') + 1;
            String whole = text.substring(0, end);
            position += whole.getBytes(StandardCharsets.UTF_8).length;
            if (position > MAX_FILE) {
                truncate();
            }
            List<String> lines = whole.lines().toList();
            lines.forEach(last::addLast);
            while (last.size() > LAST_LINES) {
                last.removeFirst();
            }
            return lines;
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The last of what was read. */
    String last() {
        return String.join("\n", last);
    }
}
