package io.gridctl.node.client;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Stops tasks until the test opens it. Travels as a name; engines in this process find the same gate. */
record Gate(String name) implements Serializable {
    private static final Map<String, State> STATES = new ConcurrentHashMap<>();

    private static final class State {
        final CountDownLatch open = new CountDownLatch(1);
        final AtomicInteger arrived = new AtomicInteger();
        final AtomicInteger passed = new AtomicInteger();
        final AtomicInteger interrupted = new AtomicInteger();
        final AtomicBoolean taken = new AtomicBoolean();
    }

    /** Known from here on, so that {@link #openAll} opens it for tasks that have not arrived yet, too. */
    static Gate closed() {
        Gate gate = new Gate(UUID.randomUUID().toString());
        STATES.put(gate.name, new State());
        return gate;
    }

    static void openAll() {
        STATES.values().forEach(state -> state.open.countDown());
    }

    private State state() {
        return Objects.requireNonNull(STATES.get(name), "gates are known in the process that made them");
    }

    void pass() throws InterruptedException {
        State state = state();
        state.arrived.incrementAndGet();
        try {
            state.open.await();
        } catch (InterruptedException e) {
            state.interrupted.incrementAndGet();
            throw e;
        }
        state.passed.incrementAndGet();
    }

    /** True for the first who asks, whichever task that is. */
    boolean isFirst() {
        return state().taken.compareAndSet(false, true);
    }

    /** As a task that takes no notice of interrupts. */
    void passStubbornly() {
        State state = state();
        state.arrived.incrementAndGet();
        while (true) {
            try {
                state.open.await();
                state.passed.incrementAndGet();
                return;
            } catch (InterruptedException e) {
                state.interrupted.incrementAndGet();
            }
        }
    }

    void open() {
        state().open.countDown();
    }

    int arrived() {
        return state().arrived.get();
    }

    int passed() {
        return state().passed.get();
    }

    int interrupted() {
        return state().interrupted.get();
    }
}
