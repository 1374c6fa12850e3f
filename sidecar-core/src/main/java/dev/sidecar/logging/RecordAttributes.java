package dev.sidecar.logging;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Attributes of a record that is written for every request: names and values in one array, which costs a fraction of a
 * map to make, to keep and to walk through. {@link #add} each key once, then hand it over and add no more; as a map it
 * cannot be changed. A look-up walks. Not thread-safe while it is filled.
 */
public final class RecordAttributes extends AbstractMap<String, Object> {

    private Object[] pairs;
    private int used;
    private long heldBytes = 32;
    private boolean hasFields;

    /**
     * @param expected how many there will be, about
     */
    public RecordAttributes(int expected) {
        pairs = new Object[2 * Math.max(1, expected)];
    }

    /** Adds one; keys are made once and kept. */
    public RecordAttributes add(AttributeKey key, Object value) {
        if (used == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * used);
        }
        pairs[used++] = key;
        pairs[used++] = value;
        heldBytes += RecordSize.ofEntry(value);
        hasFields |= key.isField();
        return this;
    }

    /** By the order of adding, from 0. */
    public String name(int at) {
        return key(at).name();
    }

    AttributeKey key(int at) {
        return (AttributeKey) pairs[2 * at];
    }

    AttributeKey[] keys() {
        AttributeKey[] keys = new AttributeKey[size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key(i);
        }
        return keys;
    }

    /** Whether ECS has a field of its own for one of them. */
    boolean hasFields() {
        return hasFields;
    }

    /** By the order of adding, from 0. */
    public Object value(int at) {
        return pairs[2 * at + 1];
    }

    /** About how much heap that is. */
    long heldBytes() {
        return heldBytes;
    }

    @Override
    public int size() {
        return used / 2;
    }

    private int find(@Nullable Object name) {
        for (int i = 0; i < size(); i++) {
            if (name(i).equals(name)) {
                return 2 * i;
            }
        }
        return -1;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return find(name) >= 0;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        int at = find(name);
        return at < 0 ? null : pairs[at + 1];
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Object> action) {
        for (int i = 0; i < size(); i++) {
            action.accept(name(i), value(i));
        }
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, Object>> iterator() {
                return new Entries();
            }

            @Override
            public int size() {
                return RecordAttributes.this.size();
            }
        };
    }

    private final class Entries implements Iterator<Map.Entry<String, Object>> {

        private int next;

        @Override
        public boolean hasNext() {
            return next < size();
        }

        @Override
        public Map.Entry<String, Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int at = next++;
            return new SimpleImmutableEntry<>(name(at), value(at));
        }
    }
}
