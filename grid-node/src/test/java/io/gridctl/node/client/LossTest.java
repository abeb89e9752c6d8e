package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.CompositeException;
import io.gridctl.DirectView;
import io.gridctl.Engine;
import io.gridctl.EngineInfo;
import io.gridctl.EngineListener;
import io.gridctl.EngineLostException;
import io.gridctl.EngineState;
import io.gridctl.Grid;
import io.gridctl.GridStatus;
import io.gridctl.MapResult;
import io.gridctl.Namespace;
import io.gridctl.NoSuchEngineException;
import io.gridctl.Task;
import io.gridctl.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag("any-jvm")
class LossTest {
    private static final int VICTIM = 1;

    private static TestGrid nodes;
    private static Grid grid;

    private final Gate gate = Gate.closed();

    @BeforeAll
    static void start() {
        nodes = new TestGrid(3);
        grid = nodes.connect();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @BeforeEach
    void allThere() throws Exception {
        grid.awaitEngines(3, Duration.ofSeconds(20));
        grid.engines().clear();
    }

    @AfterEach
    void fillTheGap() {
        Gate.openAll();
        if (!nodes.isThere(VICTIM)) {
            nodes.startEngine(VICTIM);
        }
    }

    @Test
    void aCallOnALostEngineFails() {
        Gate mine = gate;
        Engine victim = grid.engine(VICTIM);
        int incarnation = victim.info().incarnation();
        AsyncResult<Void> running = victim.runAsync(mine::pass);
        AsyncResult<Void> queued = victim.runAsync(() -> {});
        await().until(() -> gate.arrived() == 1);

        nodes.kill(VICTIM);

        await().until(() -> running.isDone() && queued.isDone());
        assertThatThrownBy(running::await).isInstanceOfSatisfying(EngineLostException.class, e -> {
            assertThat(e.engineId()).isEqualTo(VICTIM);
            assertThat(e.incarnation()).isEqualTo(incarnation);
        });
        assertThatThrownBy(queued::await).isInstanceOf(EngineLostException.class);
        assertThat(running.tasks()).extracting(Task::state).containsExactly(TaskState.FAILED);
    }

    @Test
    void aViewLosesTheLostEnginesPartAndKeepsTheOthers() {
        Gate mine = gate;
        MapResult<Integer> result = grid.engines().applyAsync(ns -> {
            mine.pass();
            return ns.engineId();
        });
        await().until(() -> gate.arrived() == 3);

        nodes.kill(VICTIM);
        await().until(() -> result.progress().done() == 1);
        gate.open();

        CompositeException composite = catchThrowableOfType(CompositeException.class, result::await);
        assertThat(composite.parts()).isEqualTo(3);
        assertThat(composite.failures())
                .singleElement()
                .isInstanceOfSatisfying(
                        EngineLostException.class, e -> assertThat(e.engineId()).isEqualTo(VICTIM));
        assertThat(result.tasks())
                .extracting(Task::state)
                .containsExactly(TaskState.SUCCEEDED, TaskState.FAILED, TaskState.SUCCEEDED);
    }

    @Test
    void aLoadBalancedCallRunsAgainElsewhere() throws Exception {
        Gate mine = gate;
        MapResult<Integer> result = grid.loadBalanced()
                .mapAsync(
                        item -> {
                            mine.pass();
                            return item * 100 + Namespace.current().engineId();
                        },
                        List.of(1, 2, 3));
        await().until(() -> gate.arrived() == 3);

        nodes.kill(VICTIM);
        await().until(() -> grid.ids().size() == 2);
        gate.open();

        List<Integer> values = result.await();
        assertThat(values).extracting(value -> value / 100).containsExactly(1, 2, 3);
        assertThat(values).extracting(value -> value % 100).doesNotContain(VICTIM);
        assertThat(result.tasks()).extracting(Task::attempts).containsExactlyInAnyOrder(1, 1, 2);
    }

    @Test
    void aBigMapSurvivesALossWithEachResultOnce() throws Exception {
        List<Integer> items = IntStream.range(0, 3000).boxed().toList();
        MapResult<Integer> result = grid.loadBalanced()
                .mapAsync(
                        item -> {
                            if (item % 10 == 0) {
                                Work.takes(2);
                            }
                            return item + 1;
                        },
                        items);
        await().until(() -> result.progress().done() > 100);

        nodes.kill(VICTIM);

        assertThat(result.await()).isEqualTo(items.stream().map(x -> x + 1).toList());
        assertThat(result.progress().done()).isEqualTo(3000);
        assertThat(result.asCompleted().map(MapResult.Item::index).distinct()).hasSize(3000);
    }

    @Test
    void aReplacedEngineHasTheNextIncarnationAndTheNamesAndTheSameObjectsGoOn() throws Exception {
        Engine victim = grid.engine(VICTIM);
        DirectView view = grid.engines(VICTIM, 2);
        int incarnation = victim.info().incarnation();
        victim.push("small", 5);
        victim.push("large", new byte[3 << 20]);
        victim.run(ns -> ns.put("by task", List.of("kept")));

        nodes.kill(VICTIM);
        await().until(() -> grid.ids().equals(List.of(0, 2)));
        assertThatThrownBy(victim::info)
                .isInstanceOf(NoSuchEngineException.class)
                .hasMessage("there is no engine 1; the grid has [0, 2]");
        assertThatThrownBy(() -> victim.apply(() -> 1)).isInstanceOf(NoSuchEngineException.class);
        assertThatThrownBy(() -> victim.push("x", 1)).isInstanceOf(NoSuchEngineException.class);
        assertThatThrownBy(() -> view.apply(() -> 1)).isInstanceOf(NoSuchEngineException.class);
        nodes.startEngine(VICTIM);
        grid.awaitEngines(3, Duration.ofSeconds(20));

        assertThat(victim.info().incarnation()).isEqualTo(incarnation + 1);
        assertThat(victim.<Integer>pull("small")).isEqualTo(5);
        assertThat(victim.<byte[]>pull("large")).hasSize(3 << 20);
        assertThat(victim.<Object>apply(ns -> ns.get("by task"))).isEqualTo(List.of("kept"));
        assertThat(victim.<Integer>apply(ns -> ns.<byte[]>get("large").length)).isEqualTo(3 << 20);
        assertThat(victim.names()).extracting("name").containsExactly("by task", "large", "small");
        assertThat(view.apply(Namespace::engineId)).containsExactly(VICTIM, 2);
        victim.push("small", 6);
        assertThat(victim.<Integer>apply(ns -> ns.get("small"))).isEqualTo(6);
    }

    @Test
    void aViewOfAllUsesThoseThereAreWhenTheCallBegins() throws Exception {
        DirectView all = grid.engines();

        nodes.kill(VICTIM);
        await().until(() -> all.ids().equals(List.of(0, 2)));

        assertThat(all.apply(Namespace::engineId)).containsExactly(0, 2);
        nodes.startEngine(VICTIM);
        grid.awaitEngines(3, Duration.ofSeconds(20));
        assertThat(all.apply(Namespace::engineId)).containsExactly(0, 1, 2);
    }

    @Test
    void listenersAreToldOfEnginesThatGoAndComeUntilTheyAreClosed() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        int incarnation = grid.engine(VICTIM).info().incarnation();
        EngineListener listener = new EngineListener() {
            @Override
            public void engineReady(EngineInfo engine) {
                told.add("ready " + engine.id() + "." + engine.incarnation() + " "
                        + Thread.currentThread().getName().startsWith("grid-"));
            }

            @Override
            public void engineLost(EngineInfo engine) {
                told.add("lost " + engine.id() + "." + engine.incarnation());
                throw new IllegalStateException("a listener's own trouble");
            }
        };
        var subscription = grid.onEngineChange(listener);

        nodes.kill(VICTIM);
        await().until(() -> told.size() == 1);
        nodes.startEngine(VICTIM);

        await().until(() -> told.size() == 2);
        assertThat(told).containsExactly("lost 1." + incarnation, "ready 1." + (incarnation + 1) + " true");
        subscription.close();
        nodes.kill(VICTIM);
        await().until(() -> grid.ids().size() == 2);
        assertThat(told).hasSize(2);
    }

    @Test
    void statusListsALostEngineAndTheAnchor() throws Exception {
        nodes.kill(VICTIM);
        await().until(() -> grid.ids().size() == 2);

        GridStatus status = grid.status();

        assertThat(status.anchorPid()).contains(ProcessHandle.current().pid());
        assertThat(status.backedUp()).isTrue();
        assertThat(status.engines())
                .extracting(engine -> engine.engine().state())
                .containsExactly(EngineState.READY, EngineState.LOST, EngineState.READY);
        assertThat(status.engines().get(VICTIM).answered()).isFalse();
    }

    @Test
    void tagsChooseEngines() throws Exception {
        assertThat(grid.engines(io.gridctl.EngineSelector.tag("engine-2")).apply(Namespace::engineId))
                .containsExactly(2);
        assertThat(grid.engines(io.gridctl.EngineSelector.tag("any")).ids()).containsExactly(0, 1, 2);
    }

    @Test
    void aCutConnectionLosesNothingAndRunsNothingTwice() throws Exception {
        RunCounter.reset();
        List<AsyncResult<Integer>> calls = IntStream.range(0, 120)
                .mapToObj(number -> grid.engine(number % 3).applyAsync(() -> {
                    RunCounter.count(number);
                    System.out.println("task " + number);
                    Work.takes(20);
                    return number;
                }))
                .toList();

        for (int cuts = 0; cuts < 3; cuts++) {
            int seen = RunCounter.total();
            await().until(() -> RunCounter.total() > seen + 10);
            nodes.cut(grid);
        }

        for (int number = 0; number < 120; number++) {
            assertThat(calls.get(number).await(Duration.ofSeconds(30))).isEqualTo(number);
            assertThat(calls.get(number).tasks().get(0).stdout()).isEqualTo("task " + number + "\n");
        }
        assertThat(RunCounter.most()).isEqualTo(1);
        assertThat(RunCounter.total()).isEqualTo(120);
    }

    @Test
    void aCutConnectionDoesNotStopPushAndPull() throws Exception {
        for (int round = 0; round < 5; round++) {
            int value = round;
            AsyncResult<Void> push = grid.engines().pushAsync("a", value);
            nodes.cut(grid);
            push.await(Duration.ofSeconds(30));
            assertThat(grid.engines().<Integer>pull("a")).containsOnly(value);
        }
        grid.awaitEngines(3, Duration.ofSeconds(20));
    }

    @Test
    void twoClientsUseOneGrid() throws Exception {
        Gate mine = gate;
        try (Grid other = nodes.connect()) {
            other.engines().push("shared", "from other");
            AsyncResult<String> running = grid.engine(0).applyAsync(ns -> {
                mine.pass();
                return ns.get("shared");
            });
            await().until(() -> gate.arrived() == 1);
            AsyncResult<Integer> queued = other.engine(0).applyAsync(() -> 2);

            assertThat(grid.engine(2).<String>pull("shared")).isEqualTo("from other");
            assertThat(queued.isDone()).isFalse();
            gate.open();

            assertThat(running.await()).isEqualTo("from other");
            assertThat(queued.await()).isEqualTo(2);
        }

        assertThat(grid.engines().<String>apply(ns -> ns.get("shared"))).containsOnly("from other");
    }
}
