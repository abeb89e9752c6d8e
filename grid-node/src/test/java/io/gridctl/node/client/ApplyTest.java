package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.DirectView;
import io.gridctl.Engine;
import io.gridctl.Grid;
import io.gridctl.NotShippableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedGrid.class)
@Timeout(60)
class ApplyTest {
    private static final List<Integer> ORDER = new CopyOnWriteArrayList<>();
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Grid grid = SharedGrid.grid();
    private final Engine engine = grid.engine(1);
    private final DirectView view = grid.engines(2, 1);

    @Test
    void anEngineRunsAllFiveShapes() throws Exception {
        engine.push("a", 3);

        assertThat(engine.apply(() -> 42)).isEqualTo(42);
        assertThat(engine.<Integer>apply(ns -> ns.<Integer>get("a") + 1)).isEqualTo(4);
        assertThat(engine.<String, Integer>apply(text -> text.length(), "four")).isEqualTo(4);
        assertThat(engine.<Integer, Integer>apply((ns, x) -> ns.<Integer>get("a") * x, 5))
                .isEqualTo(15);
        assertThat(engine.<String, Integer, String>apply((text, times) -> text.repeat(times), "ab", 2))
                .isEqualTo("abab");
    }

    @Test
    void anEngineRunsAllFiveShapesAsynchronously() throws Exception {
        engine.push("a", 3);

        assertThat(engine.applyAsync(() -> 42).await()).isEqualTo(42);
        assertThat(engine.<Integer>applyAsync(ns -> ns.<Integer>get("a") + 1).await())
                .isEqualTo(4);
        assertThat(engine.<String, Integer>applyAsync(text -> text.length(), "four")
                        .await())
                .isEqualTo(4);
        assertThat(engine.<Integer, Integer>applyAsync((ns, x) -> ns.<Integer>get("a") * x, 5)
                        .await())
                .isEqualTo(15);
        assertThat(engine.<String, Integer, String>applyAsync((text, times) -> text.repeat(times), "ab", 2)
                        .await())
                .isEqualTo("abab");
    }

    @Test
    void aViewRunsAllFiveShapes() throws Exception {
        grid.engine(1).push("a", 1);
        grid.engine(2).push("a", 2);

        assertThat(view.apply(() -> 42)).containsExactly(42, 42);
        assertThat(view.<Integer>apply(ns -> ns.<Integer>get("a"))).containsExactly(2, 1);
        assertThat(view.<String, Integer>apply(String::length, "four")).containsExactly(4, 4);
        assertThat(view.<Integer, Integer>apply((ns, x) -> ns.<Integer>get("a") * x, 5))
                .containsExactly(10, 5);
        assertThat(view.<Integer, Integer, Integer>apply(Math::max, 4, 9)).containsExactly(9, 9);
    }

    @Test
    void aViewRunsAllFiveShapesAsynchronously() throws Exception {
        grid.engine(1).push("a", 1);
        grid.engine(2).push("a", 2);

        assertThat(view.applyAsync(() -> 42).await()).containsExactly(42, 42);
        assertThat(view.<Integer>applyAsync(ns -> ns.<Integer>get("a"))
                        .byEngine()
                        .keySet())
                .containsExactly(2, 1);
        assertThat(view.<String, Integer>applyAsync(String::length, "four").await())
                .containsExactly(4, 4);
        assertThat(view.<Integer, Integer>applyAsync((ns, x) -> ns.<Integer>get("a") * x, 5)
                        .await())
                .containsExactly(10, 5);
        assertThat(view.<Integer, Integer, Integer>applyAsync(Math::max, 4, 9).await())
                .containsExactly(9, 9);
    }

    @Test
    void codeThatIsRunForItsEffectGivesNothing() throws Exception {
        RUNS.set(0);

        engine.run(() -> RUNS.incrementAndGet());
        engine.run(ns -> RUNS.addAndGet(10 * ns.engineId()));
        view.run(() -> RUNS.addAndGet(100));
        view.run(ns -> RUNS.addAndGet(1000 * ns.engineId()));
        assertThat(engine.runAsync(() -> RUNS.addAndGet(10_000)).await()).isNull();
        assertThat(view.runAsync(ns -> RUNS.addAndGet(100_000)).get()).isNull();

        assertThat(RUNS).hasValue(1 + 10 + 200 + 3000 + 10_000 + 200_000);
    }

    @Test
    void argumentsAndResultsMayBeNull() throws Exception {
        assertThat(engine.<Object>apply(() -> null)).isNull();
        assertThat(engine.<String, Boolean>apply(text -> text == null, null)).isTrue();
        assertThat(engine.<String, Boolean>apply((ns, text) -> text == null, null))
                .isTrue();
        assertThat(engine.<Object, Object, Boolean>apply((a, b) -> a == null && b == null, null, null))
                .isTrue();
        assertThat(view.<Object>apply(() -> null)).containsExactly(null, null);
    }

    @Test
    void anArrayIsOneArgument() throws Exception {
        assertThat(engine.<Object[], Integer>apply(array -> array.length, new Object[] {1, 2, 3}))
                .isEqualTo(3);
        assertThat(engine.<int[], Integer>apply(array -> IntStream.of(array).sum(), new int[] {1, 2}))
                .isEqualTo(3);
    }

    @Test
    void aLargeArgumentAndALargeResultGoThrough() throws Exception {
        byte[] large = new byte[8 << 20];
        large[large.length - 1] = 9;

        byte[] back = engine.<byte[], byte[]>apply(bytes -> bytes, large);

        assertThat(back).isEqualTo(large);
    }

    @Test
    void listsOfResultsCannotBeChanged() throws Exception {
        List<Integer> results = view.apply(() -> 1);

        assertThatThrownBy(() -> results.add(2)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void codeOrArgumentsThatCannotBeSentFailAtOnceWithThePath() {
        Thread captured = new Thread("never starts");

        assertThatThrownBy(() -> engine.applyAsync(() -> captured.getName()))
                .isInstanceOf(NotShippableException.class)
                .hasMessageContaining("captured")
                .hasMessageContaining("java.lang.Thread");
        assertThatThrownBy(() -> view.<Thread, String>applyAsync(Thread::getName, captured))
                .isInstanceOf(NotShippableException.class)
                .hasMessageContaining("argument");
        assertThatThrownBy(() -> engine.<Object, Object, Object>apply((a, b) -> a, 1, captured))
                .isInstanceOf(NotShippableException.class);
    }

    @Test
    void anInterruptedCallerStopsWaitingAndTheTaskGoesOn() throws Exception {
        Gate gate = Gate.closed();
        Thread caller = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            await().until(() -> gate.arrived() == 1);
            caller.interrupt();
        });
        interrupter.start();

        assertThatThrownBy(() -> engine.run(gate::pass)).isInstanceOf(InterruptedException.class);

        interrupter.join();
        assertThat(gate.interrupted()).isZero();
        gate.open();
        await().until(() -> gate.passed() == 1);
    }

    @Test
    void callsOnOneEngineRunOneAfterTheOtherInTheOrderOfTheCalls() throws Exception {
        ORDER.clear();
        List<AsyncResult<Void>> calls = new ArrayList<>();
        for (int number = 0; number < 500; number++) {
            int mine = number;
            calls.add(engine.runAsync(() -> {
                if (mine % 100 == 0) {
                    Work.takes(15);
                }
                ORDER.add(mine);
            }));
        }
        for (AsyncResult<Void> call : calls) {
            call.await();
        }

        assertThat(ORDER).isEqualTo(IntStream.range(0, 500).boxed().toList());
    }

    @Test
    void severalThreadsMayUseOneGrid() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<Throwable> trouble = new CopyOnWriteArrayList<>();
        for (int number = 0; number < 8; number++) {
            int mine = number;
            threads.add(new Thread(() -> {
                try {
                    for (int round = 0; round < 50; round++) {
                        int value = round;
                        assertThat(grid.engines().<Integer, Integer>apply(x -> x + mine, value))
                                .containsExactly(value + mine, value + mine, value + mine);
                    }
                } catch (Throwable e) {
                    trouble.add(e);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(trouble).isEmpty();
    }

    @Test
    void twoHundredTasksThatOutliveTheirFrameAllComeBack() throws Exception {
        List<AsyncResult<Integer>> calls = new ArrayList<>();
        for (int number = 0; number < 200; number++) {
            int mine = number;
            calls.add(grid.engine(number % 3).applyAsync(() -> {
                Work.takes(7);
                return mine;
            }));
        }

        for (int number = 0; number < 200; number++) {
            assertThat(calls.get(number).await()).isEqualTo(number);
        }
    }
}
