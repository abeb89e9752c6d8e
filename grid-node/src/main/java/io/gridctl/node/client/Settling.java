package io.gridctl.node.client;

import io.gridctl.GridException;
import io.gridctl.MapResult.Settled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Failures as values. */
final class Settling {
    private Settling() {}

    static <R extends @Nullable Object> List<Settled<R>> all(int size, IntFunction<R> values) {
        List<Settled<R>> settled = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            settled.add(one(i, values));
        }
        return Collections.unmodifiableList(settled);
    }

    /** Waits for a part to end. */
    interface Ending {
        void await(int index) throws InterruptedException;
    }

    static <R extends @Nullable Object> Stream<Settled<R>> stream(int size, Ending ending, IntFunction<R> values) {
        return IntStream.range(0, size).mapToObj(index -> {
            try {
                ending.await(index);
            } catch (InterruptedException e) {
                throw ListResult.interrupted(e);
            }
            return one(index, values);
        });
    }

    private static <R extends @Nullable Object> Settled<R> one(int index, IntFunction<R> values) {
        try {
            return new Settled<>(values.apply(index), Optional.empty());
        } catch (GridException failure) {
            return new Settled<>(null, Optional.of(failure));
        }
    }
}
