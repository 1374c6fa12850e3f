package dev.sidecar.logging.spool;

import dev.sidecar.runtime.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The segments of one directory, oldest first, and what they hold together. What is given up or taken is deleted; a
 * file that cannot be deleted is tried again later. Guarded by the spool's lock.
 */
final class Segments {

    /** How many damaged segments are kept for somebody to look at. */
    private static final int KEPT_ASIDE = 4;

    private final Deque<Segment> segments = new ArrayDeque<>();
    private final List<Path> undeleted = new ArrayList<>();
    private final Path directory;
    private long lastNumber;

    private Segments(Path directory) {
        this.directory = directory;
    }

    /** Those that are there, as far as they are not before the cursor; their content is still unknown. */
    static Segments list(Path directory, Cursor cursor) throws IOException {
        Segments segments = new Segments(directory);
        segments.lastNumber = cursor.segment();
        TreeMap<Long, Path> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Long number = number(file);
                if (number != null) {
                    found.put(number, file);
                }
            }
        }
        for (var entry : found.entrySet()) {
            Segment segment = new Segment(entry.getKey(), entry.getValue());
            segment.unknown = true;
            segment.end = Files.size(entry.getValue());
            segment.durable = segment.end;
            segment.newestMs = Files.getLastModifiedTime(entry.getValue()).toMillis();
            segment.firstMs = segment.newestMs;
            segments.lastNumber = Math.max(segments.lastNumber, segment.number);
            if (entry.getKey() >= cursor.segment()) {
                segments.segments.add(segment);
            } else {
                segments.delete(segment);
            }
        }
        return segments;
    }

    private static @Nullable Long number(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.indexOf('.');
        boolean ours = dot > 0 && (name.endsWith(Segment.SUFFIX) || name.endsWith(Segment.SET_ASIDE));
        try {
            return ours ? Long.valueOf(name.substring(0, dot)) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    void add(Segment segment) {
        segments.addLast(segment);
    }

    @Nullable
    Segment oldest() {
        return segments.peekFirst();
    }

    /** One that no segment of this directory had, nor will have. */
    long nextNumber() {
        return ++lastNumber;
    }

    @Nullable
    Segment byNumber(long number) {
        for (Segment segment : segments) {
            if (segment.number == number) {
                return segment;
            }
        }
        return null;
    }

    List<Segment> unknown() {
        return segments.stream().filter(segment -> segment.unknown).toList();
    }

    /** What all of them take on the disk. */
    long bytes() {
        return segments.stream().mapToLong(segment -> segment.end).sum();
    }

    /** What nobody has taken, in bytes. */
    long bytesAfter(Progress progress) {
        return segments.stream()
                .mapToLong(segment -> Math.max(0, segment.end - Math.max(Segment.HEADER, progress.within(segment))))
                .sum();
    }

    long pending() {
        return segments.stream().mapToLong(segment -> segment.pending).sum();
    }

    /** Whether something on the disk has not been taken. */
    boolean holdsAfter(Progress progress) {
        return segments.stream()
                .anyMatch(segment -> segment.durable > Math.max(Segment.HEADER, progress.within(segment)));
    }

    void removeOldest() {
        delete(segments.removeFirst());
    }

    /** A damaged one keeps its file under a name that says so, and is read on under it. */
    void setAside(Segment segment) throws IOException {
        if (!segment.isSetAside()) {
            String name = String.valueOf(segment.path().getFileName());
            Path aside = directory.resolve(name.substring(0, name.indexOf('.')) + Segment.SET_ASIDE);
            segment.close();
            AtomicFiles.move(segment.path(), aside);
            segment.renamed(aside);
        }
    }

    private void delete(Segment segment) {
        segment.close();
        if (segment.isSetAside()) {
            forgetOldest();
        } else {
            undeleted.add(segment.path());
            deleteLeftovers();
        }
    }

    /** Tries again what could not be deleted. */
    void deleteLeftovers() {
        for (Iterator<Path> i = undeleted.iterator(); i.hasNext(); ) {
            try {
                Files.deleteIfExists(i.next());
                i.remove();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void forgetOldest() {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> aside =
                    new ArrayList<>(files.filter(file -> file.toString().endsWith(Segment.SET_ASIDE))
                            .sorted()
                            .toList());
            Collections.reverse(aside);
            for (Path file : aside.subList(Math.min(KEPT_ASIDE, aside.size()), aside.size())) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // They are found again the next time.
        }
    }

    void close() {
        segments.forEach(Segment::close);
    }
}
