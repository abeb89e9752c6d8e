package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.EngineLostException;
import io.gridctl.Grid;
import io.gridctl.MapResult;
import io.gridctl.node.EngineSettings;
import io.gridctl.node.engine.EngineInspection;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Tasks that wait for the grid they run on where nobody is told, in chunks, while engines die, and on virtual threads. */
@Timeout(60)
class NestedWaitsTest {
    private static TestGrid nodes;
    private static Grid grid;
    private static final AtomicInteger RUNS = new AtomicInteger();

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestGrid(1);
        grid = nodes.connect();
        grid.awaitEngines(1, Duration.ofSeconds(30));
    }

    @AfterEach
    void onlyTheSlotIsLeft() {
        Gate.openAll();
        await().atMost(Duration.ofSeconds(20)).until(() -> EngineInspection.slotThreads(nodes.desk(0)) == 1);
        assertThat(EngineInspection.returning(nodes.desk(0))).isZero();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    /** Engine 1 is there, and the views know it. */
    private static void startSecond() {
        nodes.startEngine(1);
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> grid.ids().size() == 2
                        && grid.loadBalanced().where("engine-1").<Integer>apply(() -> 1) == 1);
    }

    private static int sum(List<CompletableFuture<Integer>> futures) {
        CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new)).join();
        return futures.stream().mapToInt(CompletableFuture::join).sum();
    }

    private static List<CompletableFuture<Integer>> threeCalls(int depth) {
        return IntStream.of(1, 2, 3)
                .mapToObj(x -> grid.loadBalanced()
                        .<Integer>applyAsync(() -> depth == 0 ? x : x * sum(threeCalls(depth - 1)))
                        .toCompletableFuture())
                .toList();
    }

    @Test
    void aTaskMayWaitForFuturesOfTheJdkThatWereMadeOfTheGridsManyDeep() throws Exception {
        assertThat(grid.loadBalanced().<Integer>apply(() -> sum(threeCalls(2)))).isEqualTo(6 * 6 * 6);
    }

    @Test
    void aTaskMayWaitForAnyOfSeveral() throws Exception {
        assertThat(grid.loadBalanced()
                        .<Object>apply(
                                () -> CompletableFuture.anyOf(threeCalls(0).toArray(CompletableFuture<?>[]::new))
                                        .join()))
                .isIn(1, 2, 3);
    }

    @Test
    void aTaskMayWaitForWhatItSuppliedToTheExecutorService() throws Exception {
        assertThat(grid.loadBalanced().<Integer>apply(() -> {
                    ExecutorService executor = grid.loadBalanced().asExecutorService();
                    Supplier<Integer> there = (Supplier<Integer> & Serializable) () -> 4;
                    return CompletableFuture.supplyAsync(there, executor)
                            .thenCombine(CompletableFuture.supplyAsync(there, executor), Integer::sum)
                            .get();
                }))
                .isEqualTo(8);
        assertThat(grid.loadBalanced().<Integer>apply(() -> {
                    List<Future<Integer>> all = grid.loadBalanced()
                            .asExecutorService()
                            .invokeAll(List.of(
                                    (Callable<Integer> & Serializable) () -> 1,
                                    (Callable<Integer> & Serializable) () -> 2));
                    return all.get(0).get() + all.get(1).get();
                }))
                .isEqualTo(3);
        assertThat(grid.loadBalanced().<Integer>apply(() -> {
                    FutureTask<Integer> future = new FutureTask<>((Callable<Integer> & Serializable) () -> 5);
                    grid.loadBalanced().asExecutorService().execute(future);
                    return future.get();
                }))
                .isEqualTo(5);
    }

    @Test
    void aTaskMayWaitForALatchOrAQueueThatItsCallsFill() throws Exception {
        assertThat(grid.loadBalanced().<Integer>apply(() -> {
                    CountDownLatch ended = new CountDownLatch(2);
                    BlockingQueue<Integer> values = new LinkedBlockingQueue<>();
                    for (int x : new int[] {1, 2}) {
                        var unused = grid.loadBalanced()
                                .<Integer>applyAsync(() -> x)
                                .toCompletableFuture()
                                .thenAccept(value -> {
                                    values.add(value);
                                    ended.countDown();
                                });
                    }
                    int first = values.take();
                    ended.await();
                    return first + values.take();
                }))
                .isEqualTo(3);
    }

    @Test
    void aSlotThatIsLentUnseenTakesOnlyWhatTheTaskMayWaitFor() throws Exception {
        Gate nested = Gate.closed();
        RUNS.set(0);
        startSecond();
        try {
            AsyncResult<Integer> owner = grid.engine(0).applyAsync(() -> {
                CompletableFuture<Integer> call = grid.engine(1)
                        .<Integer>applyAsync(() -> {
                            nested.pass();
                            // Deeper than the owner, so it may have the owner's slot.
                            return grid.engine(0).<Integer>apply(() -> RUNS.get());
                        })
                        .toCompletableFuture();
                CompletableFuture.allOf(call).join();
                return call.join();
            });
            await().until(() -> nested.arrived() == 1);
            AsyncResult<Integer> other = grid.engine(0).applyAsync(() -> RUNS.incrementAndGet());
            await().until(() -> grid.engine(0).status().waiting() == 1);

            nested.open();

            assertThat(owner.await()).isZero();
            assertThat(other.await()).isEqualTo(1);
        } finally {
            nodes.kill(1);
            await().atMost(Duration.ofSeconds(20)).until(() -> grid.ids().size() == 1);
        }
    }

    @Test
    void theItemsOfAChunkMayEachWaitForTheGrid() throws Exception {
        List<Integer> items = IntStream.range(0, 60).boxed().toList();
        MapResult<Integer> outer = grid.loadBalanced()
                .chunk(30)
                .mapAsync(
                        x -> grid.loadBalanced().<Integer, Integer>map(y -> x * y, List.of(1, 2, 3)).stream()
                                .mapToInt(Integer::intValue)
                                .sum(),
                        items);

        assertThat(outer.await()).isEqualTo(items.stream().map(x -> 6 * x).toList());
    }

    @Test
    void aTaskThatWaitsUnseenCanBeCancelled() throws Exception {
        Gate nested = Gate.closed();
        AsyncResult<Integer> outer = grid.loadBalanced().applyAsync(() -> {
            CompletableFuture<?> inner = grid.engine(0)
                    .<Integer>applyAsync(() -> {
                        nested.pass();
                        return 1;
                    })
                    .toCompletableFuture();
            CompletableFuture.allOf(inner).get();
            return 2;
        });
        await().until(() -> nested.arrived() == 1);

        assertThat(outer.cancel(true)).isTrue();
        assertThatThrownBy(outer::await).isInstanceOf(CancellationException.class);
        nested.open();

        assertThat(grid.engine(0).<Integer>apply(() -> 3)).isEqualTo(3);
    }

    @Test
    void theEngineOfATaskThatWaitsMayDie() throws Exception {
        Gate nested = Gate.closed();
        RUNS.set(0);
        startSecond();
        try {
            AsyncResult<Integer> outer = grid.loadBalanced().where("engine-1").applyAsync(() -> {
                RUNS.incrementAndGet();
                return 1
                        + grid.loadBalanced().where("engine-0").<Integer>apply(() -> {
                            nested.pass();
                            return 1;
                        });
            });
            await().until(() -> nested.arrived() == 1);

            nodes.kill(1);
            nodes.startEngine(1);
            nested.open();

            assertThat(outer.await()).isEqualTo(2);
            assertThat(RUNS).hasValueGreaterThanOrEqualTo(2);
        } finally {
            nodes.kill(1);
            await().atMost(Duration.ofSeconds(20)).until(() -> grid.ids().size() == 1);
        }
    }

    @Test
    void theEngineOfWhatATaskWaitsForMayDie() throws Exception {
        Gate nested = Gate.closed();
        startSecond();
        try {
            AsyncResult<Integer> balanced = grid.engine(0)
                    .applyAsync(() -> grid.loadBalanced().where("engine-1").<Integer>apply(() -> {
                        nested.pass();
                        return 1;
                    }));
            await().until(() -> nested.arrived() == 1);
            AsyncResult<String> direct = grid.engine(0).applyAsync(() -> {
                try {
                    return grid.engine(1).apply(() -> {
                        nested.pass();
                        return "answered";
                    });
                } catch (EngineLostException lost) {
                    return "lost";
                }
            });
            await().until(() -> grid.engine(1).status().waiting() == 1);

            nodes.kill(1);
            nodes.startEngine(1);
            await().atMost(Duration.ofSeconds(30)).until(() -> nested.arrived() == 2);
            nested.open();

            assertThat(balanced.await()).isEqualTo(1);
            assertThat(direct.await()).isEqualTo("lost");
        } finally {
            nodes.kill(1);
            await().atMost(Duration.ofSeconds(20)).until(() -> grid.ids().size() == 1);
        }
    }

    private static boolean isVirtual() throws ReflectiveOperationException {
        return (boolean) Thread.class.getMethod("isVirtual").invoke(Thread.currentThread());
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void tasksOnVirtualThreadsMayWaitForTheirGrid() throws Exception {
        try (TestGrid engines = new TestGrid(0)) {
            engines.startEngine(new EngineSettings(0, 1, true, Set.of(), List.of()));
            Grid grid = engines.connect();
            grid.awaitEngines(1, Duration.ofSeconds(30));
            VIRTUAL.add(grid);

            assertThat(grid.loadBalanced().<Integer>apply(() -> tree(2))).isEqualTo(9 * 9);
            assertThat(grid.loadBalanced().<Integer>apply(() -> {
                        Grid own = VIRTUAL.element();
                        CompletableFuture<Integer> one =
                                own.loadBalanced().<Integer>applyAsync(() -> 1).toCompletableFuture();
                        CompletableFuture.allOf(one).join();
                        return one.join();
                    }))
                    .isEqualTo(1);
        } finally {
            VIRTUAL.clear();
        }
    }

    private static final BlockingQueue<Grid> VIRTUAL = new LinkedBlockingQueue<>();

    private static int tree(int depth) throws Exception {
        assertThat(isVirtual()).isTrue();
        if (depth == 0) {
            return 1;
        }
        return 3
                * VIRTUAL
                        .element()
                        .loadBalanced()
                        .<Integer, Integer>map(x -> tree(depth - 1), List.of(1, 2, 3))
                        .stream()
                        .mapToInt(Integer::intValue)
                        .sum();
    }
}
