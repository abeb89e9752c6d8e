package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gridctl.EngineInfo;
import io.gridctl.EngineListener;
import io.gridctl.Grid;
import io.gridctl.LoadBalancedView;
import io.gridctl.MapResult;
import io.gridctl.node.task.EngineDesk;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An engine that does not answer gets no work of load-balanced views until it does. */
@Timeout(120)
@Tag("any-jvm")
class HeartbeatsTest {
    private static final class Events implements EngineListener {
        private final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void engineSilent(EngineInfo engine) {
            told.add("silent " + engine.id());
        }

        @Override
        public void engineAnswers(EngineInfo engine) {
            told.add("answers " + engine.id());
        }
    }

    /** It does all else, but does not say how it is until the gate is open. */
    private static EngineDesk deaf(EngineDesk desk, Gate gate) {
        return (EngineDesk) Proxy.newProxyInstance(
                EngineDesk.class.getClassLoader(), new Class<?>[] {EngineDesk.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("load")) {
                        gate.passStubbornly();
                    }
                    try {
                        return method.invoke(desk, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private static Map<Integer, Long> tasksByEngine(LoadBalancedView view) throws InterruptedException {
        MapResult<Integer> map =
                view.chunk(1).mapAsync(x -> -x, IntStream.range(0, 200).boxed().toList());
        map.await();
        return map.tasks().stream()
                .map(task -> task.engineId())
                .flatMap(Optional::stream)
                .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
    }

    @Test
    void aSilentEngineGetsNoWorkUntilItAnswers() throws Exception {
        Gate gate = Gate.closed();
        Events events = new Events();
        try (TestGrid engines = new TestGrid(2)) {
            Grid grid = engines.connect();
            grid.awaitEngines(2, Duration.ofSeconds(30));
            grid.onEngineChange(events);
            LoadBalancedView view = grid.loadBalanced();
            Map<String, Object> context = engines.member(1).getUserContext();
            context.put(EngineDesk.CONTEXT_KEY, deaf(engines.desk(1), gate));
            view.apply(() -> 1);

            await().atMost(Duration.ofSeconds(40)).until(() -> events.told.contains("silent 1"));
            assertThat(tasksByEngine(view)).containsOnlyKeys(0);

            gate.open();
            await().atMost(Duration.ofSeconds(20)).until(() -> events.told.contains("answers 1"));
            await().until(() -> tasksByEngine(view).containsKey(1));
            assertThat(events.told).doesNotContain("silent 0");
        } finally {
            Gate.openAll();
        }
    }

    @Test
    void aSilentEngineThatIsLostGetsNothingMore() throws Exception {
        Gate gate = Gate.closed();
        Events events = new Events();
        try (TestGrid engines = new TestGrid(2)) {
            Grid grid = engines.connect();
            grid.awaitEngines(2, Duration.ofSeconds(30));
            grid.onEngineChange(events);
            engines.member(1).getUserContext().put(EngineDesk.CONTEXT_KEY, deaf(engines.desk(1), gate));
            grid.loadBalanced().apply(() -> 1);
            await().atMost(Duration.ofSeconds(40)).until(() -> events.told.contains("silent 1"));

            engines.kill(1);
            await().until(() -> grid.ids().size() == 1);
            gate.open();

            assertThat(tasksByEngine(grid.loadBalanced())).containsOnlyKeys(0);
        } finally {
            Gate.openAll();
        }
    }
}
