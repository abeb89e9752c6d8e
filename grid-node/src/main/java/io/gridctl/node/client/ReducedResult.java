package io.gridctl.node.client;

import io.gridctl.TaskFailedException;
import io.gridctl.function.RemoteBiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One value of many items. Engines have combined neighbouring ones: of each run of items that one of them has combined,
 * the last has the value. Here these are combined, in order, by the first thread that asks.
 */
final class ReducedResult<R extends @Nullable Object, T extends @Nullable Object> extends ItemsCall<T> {
    private final RemoteBiFunction<R, R, ? extends R> operator;
    private final Start<R> start;
    private final Function<Start<R>, T> finish;

    private final Object reading = new Object();
    /** Guarded by the lock on reading, as the bytes of items that have a value, in their cells. */
    private @Nullable Start<R> combined;

    private @Nullable TaskFailedException failed;

    /** A value, if there is one yet. */
    record Start<R extends @Nullable Object>(
            boolean any, @Nullable R value) {}

    ReducedResult(
            CallContext context,
            @Nullable Object[] items,
            long firstId,
            Function<@Nullable Object, byte[]> encoder,
            RemoteBiFunction<R, R, ? extends R> operator,
            Start<R> start,
            Function<Start<R>, T> finish) {
        super(context, items, firstId, encoder, 0);
        this.operator = operator;
        this.start = start;
        this.finish = finish;
    }

    @Override
    T valueOrFailure() {
        ensureSuccess();
        synchronized (reading) {
            if (failed != null) {
                throw failed;
            }
            if (combined == null) {
                combined = combineAll();
            }
            return finish.apply(combined);
        }
    }

    private Start<R> combineAll() {
        Start<R> sum = start;
        for (int i = 0; i < size; i++) {
            Block block = block(i);
            if (block == null) {
                throw new IllegalStateException("item " + i + " has ended well without a word of an engine");
            }
            block.read((at, bytes) -> {
                // Of a block only what it ended is its own.
                if (ends[at] == block) {
                    cells[at] = bytes;
                }
            });
            if (cells[i] instanceof byte[] bytes) {
                sum = combine(sum, bytes, i);
                cells[i] = null;
            }
        }
        return sum;
    }

    @SuppressWarnings({"unchecked", "CatchingUnchecked"})
    private Start<R> combine(Start<R> sum, byte[] bytes, int index) {
        R next = (R) decode(bytes);
        if (!sum.any()) {
            return new Start<>(true, next);
        }
        try {
            return new Start<>(true, operator.apply(sum.value(), next));
        } catch (Throwable thrown) {
            if (thrown instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            failed = new TaskFailedException(
                    -1, idPrefix() + (firstId + index), thrown.getClass().getName(), thrown.getMessage(), "", thrown);
            throw failed;
        }
    }
}
