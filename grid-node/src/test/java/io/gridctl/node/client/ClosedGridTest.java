package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.CompositeException;
import io.gridctl.DirectView;
import io.gridctl.Engine;
import io.gridctl.EngineListener;
import io.gridctl.Grid;
import io.gridctl.GridClosedException;
import io.gridctl.LoadBalancedView;
import io.gridctl.MapResult;
import io.gridctl.TaskOutput;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClosedGridTest {
    private final Gate gate = Gate.closed();

    @AfterEach
    void open() {
        Gate.openAll();
    }

    @Test
    void everyCallOnAClosedGridSaysThatItIsClosed() throws Exception {
        PrintStream before = System.out;
        Grid grid = Grid.local(1);
        Engine engine = grid.engine(0);
        DirectView view = grid.engines();
        LoadBalancedView balanced = grid.loadBalanced();
        AsyncResult<Integer> ended = engine.applyAsync(() -> {
            System.out.println("said");
            return 5;
        });
        ended.await();

        grid.close();
        grid.close();

        assertThat(System.out).as("the program has its own output back").isSameAs(before);
        List<ThrowingCallable> calls = List.of(
                grid::ids,
                () -> grid.engine(0),
                () -> grid.engines(0),
                grid::engines,
                grid::loadBalanced,
                grid::status,
                () -> grid.awaitEngines(1, Duration.ZERO),
                () -> grid.onEngineChange(new EngineListener() {}),
                engine::info,
                engine::status,
                engine::names,
                () -> engine.apply(() -> 1),
                () -> engine.run(() -> {}),
                () -> engine.push("a", 1),
                () -> engine.pull("a"),
                () -> engine.remove("a"),
                () -> engine.push(Map.of()),
                () -> engine.remove(),
                () -> view.push(Map.of()),
                () -> view.remove(),
                view::clear,
                engine::clear,
                view::ids,
                view::names,
                () -> view.applyAsync(() -> 1),
                () -> view.pushAsync("a", 1),
                () -> view.pullAsync("a"),
                () -> balanced.apply(() -> 1),
                () -> balanced.map(x -> x, List.of(1)),
                () -> balanced.run(() -> {}));
        assertThat(calls)
                .allSatisfy(call -> assertThat(catchThrowable(call))
                        .isInstanceOf(GridClosedException.class)
                        .hasMessage("this grid object is closed; open a new one with Grid.connect()"));
        assertThat(grid.name()).isEqualTo("local");

        assertThat(ended.await()).isEqualTo(5);
        assertThat(ended.toCompletableFuture().get()).isEqualTo(5);
        List<TaskOutput> heard = new CopyOnWriteArrayList<>();
        assertThat(ended.onOutput(heard::add)).isSameAs(ended);
        assertThat(heard).singleElement().extracting(TaskOutput::text).isEqualTo("said\n");
        assertThat(ended.cancel(true)).isFalse();
    }

    @Test
    void aClientThatEndsMeanwhileIsClosedToTheEnd() throws Exception {
        AtomicBoolean armed = new AtomicBoolean();
        CountDownLatch closed = new CountDownLatch(1);
        try (TestGrid nodes = new TestGrid(1)) {
            Grid grid = nodes.connectEndingWhenAsked(armed, closed::countDown);
            grid.awaitEngines(1, Duration.ofSeconds(20));
            AsyncResult<Void> held = grid.engine(0).runAsync(gate::pass);
            await().until(() -> gate.arrived() == 1);
            armed.set(true);

            grid.close();

            assertThatThrownBy(held::await).isInstanceOf(GridClosedException.class);
            assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
            Gate.openAll();
        }
    }

    @Test
    void callsThatHaveNotEndedFailWhenTheGridIsClosed() throws Exception {
        Gate mine = gate;
        Grid grid = Grid.local(2);
        AsyncResult<Void> direct = grid.engine(0).runAsync(mine::pass);
        AsyncResult<Void> queued = grid.engine(0).runAsync(() -> {});
        AsyncResult<Void> view = grid.engines().runAsync(mine::pass);
        MapResult<Integer> map = grid.loadBalanced()
                .mapAsync(
                        item -> {
                            mine.pass();
                            return item;
                        },
                        IntStream.range(0, 100).boxed().toList());
        AtomicReference<Throwable> told = new AtomicReference<>();
        CompletableFuture<?> future = direct.toCompletableFuture().whenComplete((value, failure) -> told.set(failure));
        AtomicReference<Throwable> waiter = new AtomicReference<>();
        Thread waiting =
                new Thread(() -> waiter.set(catchThrowable(() -> grid.awaitEngines(5, Duration.ofMinutes(1)))));
        waiting.start();
        await().until(() -> gate.arrived() >= 2);

        grid.close();

        assertThatThrownBy(direct::await).isInstanceOf(GridClosedException.class);
        assertThatThrownBy(queued::await).isInstanceOf(GridClosedException.class);
        assertThatThrownBy(view::await)
                .isInstanceOfSatisfying(
                        CompositeException.class,
                        e -> assertThat(e.failures()).hasSize(2).hasOnlyElementsOfType(GridClosedException.class));
        assertThatThrownBy(map::await)
                .isInstanceOfSatisfying(
                        CompositeException.class,
                        e -> assertThat(e.failures()).hasSize(100).hasOnlyElementsOfType(GridClosedException.class));
        await().until(future::isDone);
        assertThat(told.get()).isInstanceOf(GridClosedException.class);
        waiting.join(10_000);
        assertThat(waiter.get()).isInstanceOf(GridClosedException.class);
        await().until(() -> gate.interrupted() >= 2);
    }

    @Test
    void inAGridOfOneEngineTheProgramsThreadsStillPrintForTheProgram() throws Exception {
        Gate mine = gate;
        try (Grid grid = Grid.local(1)) {
            AsyncResult<Void> running = grid.engine(0).runAsync(() -> {
                System.out.println("task");
                mine.pass();
            });
            await().until(() -> gate.arrived() == 1);

            Thread program = new Thread(() -> System.out.print("\n"), "a thread of the program");
            program.start();
            program.join();
            gate.open();
            running.await();

            assertThat(running.tasks().get(0).stdout()).isEqualTo("task\n");
        }
    }
}
