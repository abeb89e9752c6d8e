package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.Grid;
import io.gridctl.LoadBalancedView;
import io.gridctl.Namespace;
import io.gridctl.TaskFailedException;
import io.gridctl.WhenFull;
import io.gridctl.node.engine.EngineInspection;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks that use the grid they run on: one engine with one slot is enough for any depth. */
@Timeout(60)
class NestedUseTest {
    private static final AtomicInteger INSIDE = new AtomicInteger();
    private static final AtomicInteger MOST_INSIDE = new AtomicInteger();
    private static final AtomicInteger MOST_THREADS = new AtomicInteger();
    private static TestGrid nodes;
    private static Grid grid;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestGrid(1);
        grid = nodes.connect();
        grid.awaitEngines(1, Duration.ofSeconds(30));
    }

    @AfterEach
    void onlyTheSlotIsLeft() {
        Gate.openAll();
        await().until(() -> EngineInspection.slotThreads(nodes.desk(0)) == 1);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static void enter() {
        MOST_INSIDE.accumulateAndGet(INSIDE.incrementAndGet(), Math::max);
    }

    private static void leave() {
        INSIDE.decrementAndGet();
    }

    /** Adds up the leaves of a tree, each of whose knots is a map over the grid. */
    private static int leaves(int depth, int first) throws Exception {
        enter();
        try {
            if (depth == 0) {
                return first;
            }
            List<Integer> below;
            leave();
            try {
                below = grid.loadBalanced()
                        .<Integer, Integer>map(x -> leaves(depth - 1, x), List.of(2 * first, 2 * first + 1));
            } finally {
                enter();
            }
            return below.stream().mapToInt(Integer::intValue).sum();
        } finally {
            leave();
        }
    }

    @Test
    void aTaskMapsOverTheGridItRunsOnManyDeepAndOneAtATime() throws Exception {
        MOST_INSIDE.set(0);

        assertThat(grid.loadBalanced().apply(() -> leaves(5, 1)))
                .isEqualTo(IntStream.range(32, 64).sum());

        assertThat(MOST_INSIDE).hasValue(1);
    }

    private static int chain(int depth) throws Exception {
        if (depth == 0) {
            return 1;
        }
        try (Grid own = nodes.connect()) {
            own.awaitEngines(1, Duration.ofSeconds(30));
            List<Integer> below = own.loadBalanced().<Integer, Integer>map(x -> x * chain(depth - 1), List.of(1, 2, 3));
            return below.stream().mapToInt(Integer::intValue).sum();
        }
    }

    @Test
    void eachTaskMayHaveAClientOfItsOwn() throws Exception {
        assertThat(grid.loadBalanced().apply(() -> chain(2))).isEqualTo(36);
    }

    @Test
    void everyWayToWaitLendsTheSlot() throws Exception {
        LoadBalancedView view = grid.loadBalanced();

        assertThat(view.<Integer>apply(() -> grid.engine(0).apply(() -> 1))).isEqualTo(1);
        assertThat(view.<Integer>apply(
                        () -> grid.engine(0).<Integer>applyAsync(() -> 2).get()))
                .isEqualTo(2);
        assertThat(view.<Integer>apply(() -> grid.loadBalanced()
                        .<Integer>applyAsync(() -> 3)
                        .toCompletableFuture()
                        .thenApply(x -> x + 1)
                        .join()))
                .isEqualTo(4);
        assertThat(view.<List<Integer>>apply(() -> grid.engines().apply(() -> 5)))
                .containsExactly(5);
        assertThat(view.<List<Integer>>apply(
                        () -> grid.loadBalanced().<Integer, Integer>mapAsync(x -> -x, List.of(1, 2)).stream()
                                .toList()))
                .containsExactly(-1, -2);
        assertThat(view.<Long>apply(() -> grid.engines()
                        .<Integer>applyAsync(() -> 1)
                        .asCompleted()
                        .count()))
                .isEqualTo(1);
        assertThat(view.<Integer>apply(() -> {
                    ExecutorService executor = grid.loadBalanced().asExecutorService();
                    int value = executor.submit((Callable<Integer> & Serializable) () -> 6)
                                    .get()
                            + executor.invokeAny(List.of((Callable<Integer> & Serializable) () -> 1));
                    executor.shutdown();
                    return value;
                }))
                .isEqualTo(7);
        assertThat(view.<Integer>apply(() -> {
                    LoadBalancedView narrow =
                            grid.loadBalanced().window(1, 1 << 20).whenFull(WhenFull.BLOCK);
                    AsyncResult<Integer> first = narrow.applyAsync(() -> 1);
                    return narrow.applyAsync(() -> 7).await() + first.await();
                }))
                .isEqualTo(8);
    }

    @Test
    void aTaskThatHasWaitedHasItsNamespaceAndItsOutputAgain() throws Exception {
        AsyncResult<String> outer = grid.engine(0).applyAsync((Namespace names) -> {
            names.put("whose", "outer");
            System.out.println("before");
            String inner = grid.engine(0).apply((Namespace others) -> {
                System.out.println("inner");
                return others.getOrDefault("whose", "nobody's");
            });
            System.out.println("after " + inner);
            return Namespace.current().get("whose");
        });

        assertThat(outer.await()).isEqualTo("outer");
        assertThat(outer.stdout()).contains("before", "after nobody's").doesNotContain("inner");
        assertThat(grid.engine(0).<String>pull("whose")).isEqualTo("outer");
    }

    @Test
    void theBorrowerEndsBeforeTheOwnerGoesOn() throws Exception {
        Gate nested = Gate.closed();
        Gate borrower = Gate.closed();
        INSIDE.set(0);
        nodes.startEngine(1);
        try {
            grid.awaitEngines(2, Duration.ofSeconds(30));
            AsyncResult<Integer> owner = grid.engine(0).applyAsync(() -> {
                grid.engine(1).run(nested::pass);
                return INSIDE.incrementAndGet();
            });
            await().until(() -> nested.arrived() == 1);
            AsyncResult<Integer> other = grid.engine(0).applyAsync(() -> {
                borrower.pass();
                return INSIDE.get();
            });
            await().until(() -> borrower.arrived() == 1);

            nested.open();
            await().until(() -> EngineInspection.returning(nodes.desk(0)) == 1);
            borrower.open();

            assertThat(other.await()).isZero();
            assertThat(owner.await()).isEqualTo(1);
        } finally {
            INSIDE.set(0);
            nodes.kill(1);
            await().until(() -> grid.ids().size() == 1);
        }
    }

    @Test
    void manyThatWaitKeepABoundedNumberOfThreads() throws Exception {
        int many = 3 * EngineInspection.MOST_LENT;
        Gate nested = Gate.closed();
        MOST_THREADS.set(0);
        nodes.startEngine(1);
        try {
            grid.awaitEngines(2, Duration.ofSeconds(30));
            List<AsyncResult<Integer>> all = IntStream.range(0, many)
                    .mapToObj(i -> grid.engine(0).<Integer>applyAsync(() -> {
                        MOST_THREADS.accumulateAndGet(EngineInspection.slotThreads(nodes.desk(0)), Math::max);
                        grid.engine(1).run(nested::pass);
                        return i;
                    }))
                    .toList();
            await().until(() -> grid.engine(0).status().running() >= EngineInspection.MOST_LENT);

            nested.open();

            for (int i = 0; i < many; i++) {
                assertThat(all.get(i).await()).isEqualTo(i);
            }
            assertThat(MOST_THREADS.get()).isBetween(EngineInspection.MOST_LENT, EngineInspection.MOST_LENT + 1);
        } finally {
            nodes.kill(1);
            await().until(() -> grid.ids().size() == 1);
        }
    }

    @Test
    void aTaskThatWaitsCanBeCancelledAndTimedOut() throws Exception {
        Gate nested = Gate.closed();
        AsyncResult<Integer> outer = grid.loadBalanced().applyAsync(() -> {
            grid.engine(0).run(nested::pass);
            return 1;
        });
        await().until(() -> nested.arrived() == 1);

        assertThat(outer.cancel(true)).isTrue();
        assertThatThrownBy(outer::await).isInstanceOf(CancellationException.class);
        nested.open();

        assertThat(grid.engine(0).<Integer>apply(() -> 3)).isEqualTo(3);
    }

    @Test
    void theFailureOfANestedCallFailsTheTask() {
        assertThatThrownBy(() -> grid.loadBalanced()
                        .apply(() -> grid.loadBalanced().<Integer>apply(() -> {
                            throw new IllegalStateException("inner");
                        })))
                .isInstanceOf(TaskFailedException.class)
                .hasStackTraceContaining("inner");
    }
}
