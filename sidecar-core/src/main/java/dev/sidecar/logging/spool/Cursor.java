package dev.sidecar.logging.spool;

import dev.sidecar.runtime.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Up to where the spool has been taken. A cursor that is lost or spoilt is the begin of the oldest segment, and then
 * some is taken twice; so it need not be synced.
 */
record Cursor(long segment, long offset) implements Comparable<Cursor> {

    static final Cursor START = new Cursor(0, 0);

    private static final String FILE = "cursor";

    static Cursor read(Path directory) {
        try {
            String[] words = Files.readString(directory.resolve(FILE), StandardCharsets.US_ASCII)
                    .trim()
                    .split(" ");
            if (words.length == 3) {
                Cursor cursor = new Cursor(Long.parseLong(words[0]), Long.parseLong(words[1]));
                return words[2].equals(cursor.checksum()) ? cursor : START;
            }
        } catch (IOException | NumberFormatException e) {
            // As if there were none.
        }
        return START;
    }

    void write(Path directory) throws IOException {
        byte[] text = (segment + " " + offset + " " + checksum() + "\n").getBytes(StandardCharsets.US_ASCII);
        AtomicFiles.replace(directory.resolve(FILE), text, false);
    }

    private String checksum() {
        CRC32C crc = new CRC32C();
        crc.update((segment + " " + offset).getBytes(StandardCharsets.US_ASCII));
        return Long.toHexString(crc.getValue());
    }

    @Override
    public int compareTo(Cursor other) {
        int order = Long.compare(segment, other.segment);
        return order != 0 ? order : Long.compare(offset, other.offset);
    }
}
