package io.gridctl.node.client;

import io.gridctl.node.balance.WorkSource;
import org.jspecify.annotations.Nullable;

/** The items of a map, in chunks as large as the dispatcher asks for. */
final class ItemSource implements WorkSource<Parcel> {
    private final ItemTraffic<?> call;
    private final boolean single;
    private int next;

    /** Limits hold for one item, so where there are some, items travel singly. */
    ItemSource(ItemTraffic<?> call) {
        this.call = call;
        single = !call.spec().limits().areNone();
    }

    @Override
    public @Nullable Parcel poll(int units) {
        int size = call.size();
        while (next < size && !call.waits(next)) {
            next++;
        }
        if (next >= size) {
            return null;
        }
        int from = next;
        next = single ? from + 1 : (int) Math.min(size, (long) from + units);
        return new Chunk(call, from, next, null);
    }

    @Override
    public boolean isExhausted() {
        return next >= call.size();
    }

    @Override
    public long remaining() {
        return (long) call.size() - next;
    }
}
