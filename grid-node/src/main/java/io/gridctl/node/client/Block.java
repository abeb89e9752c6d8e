package io.gridctl.node.client;

import io.gridctl.node.payload.ItemBlock;
import io.gridctl.node.task.Outcome.Items;
import org.jspecify.annotations.Nullable;

/** What an engine said of neighbouring items at once. */
final class Block {
    final EngineRef engine;
    final int from;
    final int count;
    final long startedMillis;
    final long receivedMillis = System.currentTimeMillis();
    private final float[] ranNanos;
    /** Null once the values have been read. */
    private byte @Nullable [] values;

    Block(EngineRef engine, int from, long startedMillis, Items items) {
        this.engine = engine;
        this.from = from;
        this.startedMillis = startedMillis;
        count = items.count();
        ranNanos = items.ranNanos();
        values = items.values();
    }

    long ranNanos(int index) {
        return (long) ranNanos[index - from];
    }

    /** When the item began: those before it ran first. */
    long startedMillis(int index) {
        double before = 0;
        for (int i = from; i < index; i++) {
            before += ranNanos[i - from];
        }
        return startedMillis + (long) (before / 1e6);
    }

    /** Whether the values have been read. Guarded by the result's lock on values. */
    boolean isRead() {
        return values == null;
    }

    /** Takes each value: one that is constant, or a {@code byte[]} for the codec. */
    interface Taker {
        void take(int index, @Nullable Object value);
    }

    /** Reads the values, once. Guarded by the result's lock on values. */
    void read(Taker taker) {
        byte[] bytes = values;
        if (bytes == null) {
            return;
        }
        ItemBlock.Reader reader = new ItemBlock.Reader(bytes);
        for (int i = 0; i < count; i++) {
            Object value = reader.next();
            if (value != ItemBlock.NOTHING) {
                taker.take(from + i, value);
            }
        }
        values = null;
    }
}
