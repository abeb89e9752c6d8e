package io.gridctl.node.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Who listens to the tasks of one call. Each is told in order, on the grid's own threads. Guarded by the call's lock. */
final class Listeners<E> {
    private List<Listener<E>> all = List.of();

    /** Who listens, and where its calls queue. */
    record Listener<E>(Consumer<E> consumer, Executor calls) {
        void tell(E event) {
            calls.execute(() -> consumer.accept(event));
        }
    }

    Listener<E> add(Consumer<E> consumer, Executor threads) {
        Listener<E> listener = new Listener<>(Objects.requireNonNull(consumer, "listener"), new InOrder(threads));
        List<Listener<E>> more = new ArrayList<>(all);
        more.add(listener);
        all = more;
        return listener;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    void tell(E event) {
        all.forEach(listener -> listener.tell(event));
    }
}
