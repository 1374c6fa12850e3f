package dev.sidecar.server.offload.files;

import dev.sidecar.server.offload.negotiation.Coding;
import dev.sidecar.server.offload.negotiation.MediaTypes;
import dev.sidecar.server.proxy.SharedFile;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds a file and its compressed siblings on disk. Blocks. */
final class FileLoader {

    private static final Logger LOG = LoggerFactory.getLogger(FileLoader.class);

    private static final long IN_MEMORY = 64 * 1024;
    private static final long COMPRESSED_FROM = 1024;
    private static final long COMPRESSED_TO = 1024 * 1024;
    /** What changed that recently may change again with the same time stamp. */
    private static final long SETTLED_MILLIS = 50;

    private final StaticRoot root;
    private final boolean compress;
    private final Map<Path, @Nullable Fingerprint> seen = new LinkedHashMap<>();
    private final Map<Coding, Representation> found = new EnumMap<>(Coding.class);
    private FileFields fields = FileFields.NONE;

    FileLoader(StaticRoot root, boolean compress) {
        this.root = root;
        this.compress = compress;
    }

    /** What is at that place below the root. */
    Entry load(List<String> segments, boolean directory) {
        try {
            Path place = root.directory().locate(segments);
            Fingerprint there = see(place);
            if (there == null) {
                return entry(Entry.Kind.MISSING);
            }
            List<String> file = segments;
            if (there.directory()) {
                if (!directory) {
                    boolean inside = root.directory().real(segments) != null;
                    return entry(inside ? Entry.Kind.DIRECTORY : Entry.Kind.MISSING);
                }
                file = new ArrayList<>(segments);
                file.add(root.index());
                if (see(root.directory().locate(file)) == null) {
                    return entry(Entry.Kind.MISSING);
                }
            } else if (directory) {
                return entry(Entry.Kind.MISSING);
            }
            representations(file);
            return entry(found.isEmpty() ? Entry.Kind.MISSING : Entry.Kind.FILE);
        } catch (IOException e) {
            LOG.debug("{} is not served", segments, e);
            found.values().forEach(Representation::close);
            found.clear();
            return new Entry(Entry.Kind.MISSING, seen, Map.of(), FileFields.NONE, false);
        }
    }

    private @Nullable Fingerprint see(Path path) {
        Fingerprint there = Fingerprint.of(path);
        seen.put(path, there);
        return there;
    }

    private Entry entry(Entry.Kind kind) {
        long now = System.currentTimeMillis();
        boolean settled = true;
        for (Map.Entry<Path, @Nullable Fingerprint> each : seen.entrySet()) {
            Fingerprint before = each.getValue();
            Fingerprint after = Fingerprint.of(each.getKey());
            boolean same = before == null ? after == null : before.equals(after);
            boolean old = before == null || now - before.modified().toMillis() > SETTLED_MILLIS;
            settled &= same && (old || before.directory());
        }
        return new Entry(kind, seen, found, fields, settled);
    }

    private void representations(List<String> segments) throws IOException {
        Path place = root.directory().locate(segments);
        String name = segments.get(segments.size() - 1);
        Path below = Path.of(String.join("/", segments));
        String type = MediaTypes.of(name);
        Map<Coding, Path> siblings = new EnumMap<>(Coding.class);
        for (Coding coding : List.of(Coding.BR, Coding.ZSTD, Coding.GZIP)) {
            Fingerprint beside = see(place.resolveSibling(name + coding.suffix()));
            if (beside != null && !beside.directory()) {
                List<String> sibling = new ArrayList<>(segments);
                sibling.set(sibling.size() - 1, name + coding.suffix());
                try {
                    siblings.put(coding, root.directory().real(sibling));
                } catch (IOException elsewhere) {
                    LOG.debug("{} is not served", sibling, elsewhere);
                }
            }
        }
        Path real = root.directory().real(segments);
        Fingerprint plain = Fingerprint.of(real);
        if (plain == null || plain.directory()) {
            return;
        }
        boolean gzip = compress
                && !siblings.containsKey(Coding.GZIP)
                && plain.size() >= COMPRESSED_FROM
                && plain.size() <= COMPRESSED_TO
                && MediaTypes.compressible(type);
        fields = new FileFields(type, root.cacheControl(below), gzip || !siblings.isEmpty());
        add(Coding.IDENTITY, real, plain);
        for (Map.Entry<Coding, Path> sibling : siblings.entrySet()) {
            Fingerprint there = Fingerprint.of(sibling.getValue());
            if (there != null) {
                add(sibling.getKey(), sibling.getValue(), there);
            }
        }
        if (gzip) {
            addCompressed(real, plain);
        }
    }

    private void add(Coding coding, Path real, Fingerprint there) throws IOException {
        FileChannel channel = root.directory().open(real);
        boolean kept = false;
        try {
            long size = channel.size();
            long modified = there.modified().to(TimeUnit.SECONDS);
            String etag = etag(there, size, coding);
            byte[] head = fields.whole(coding, etag, modified, size, true);
            byte[] bytes = size <= IN_MEMORY ? read(channel, (int) size) : null;
            SharedFile file = bytes == null ? new SharedFile(channel) : null;
            kept = file != null;
            found.put(coding, new Representation(coding, etag, modified, size, bytes, file, head));
        } finally {
            if (!kept) {
                channel.close();
            }
        }
    }

    private void addCompressed(Path real, Fingerprint there) throws IOException {
        byte[] plain;
        try (FileChannel channel = root.directory().open(real)) {
            plain = read(channel, (int) Math.min(channel.size(), COMPRESSED_TO));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 3 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, 8192)) {
            gzip.write(plain);
        }
        byte[] bytes = out.toByteArray();
        if (bytes.length < plain.length) {
            // Weak: another machine may compress the same file to other bytes.
            String etag = "W/" + etag(there, plain.length, Coding.GZIP);
            long modified = there.modified().to(TimeUnit.SECONDS);
            byte[] head = fields.whole(Coding.GZIP, etag, modified, bytes.length, false);
            found.put(Coding.GZIP, new Representation(Coding.GZIP, etag, modified, bytes.length, bytes, null, head));
        }
    }

    private static String etag(Fingerprint there, long size, Coding coding) {
        String suffix = coding == Coding.IDENTITY ? "" : "-" + coding.token();
        return "\"" + Long.toHexString(there.modified().to(TimeUnit.MICROSECONDS)) + "-" + Long.toHexString(size)
                + suffix + "\"";
    }

    private static byte[] read(FileChannel channel, int size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(size);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        return buffer.array();
    }
}
