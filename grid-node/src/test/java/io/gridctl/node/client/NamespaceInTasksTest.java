package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.Engine;
import io.gridctl.Grid;
import io.gridctl.Namespace;
import io.gridctl.NoSuchNameException;
import io.gridctl.NotShippableException;
import io.gridctl.TaskFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedGrid.class)
@Timeout(60)
class NamespaceInTasksTest {
    private static final AtomicReference<Namespace> LEFT_BEHIND = new AtomicReference<>();

    private final Engine engine = SharedGrid.grid().engine(0);
    private final Grid grid = SharedGrid.grid();

    @Test
    void aTaskReadsWritesChangesAndRemoves() throws Exception {
        engine.push("a", 1);

        List<Object> seen = engine.apply(ns -> {
            List<Object> all = new ArrayList<>();
            all.add(ns.<Integer>get("a"));
            all.add(ns.getOrDefault("b", "default"));
            ns.put("b", "written");
            all.add(ns.get("b"));
            all.add(ns.<Integer>update("a", old -> old + 1));
            all.add(ns.names());
            all.add(ns.remove("a"));
            all.add(ns.remove("a"));
            all.add(ns.contains("a"));
            all.add(ns.contains("b"));
            all.add(ns.names());
            all.add(ns.engineId());
            return all;
        });

        assertThat(seen)
                .containsExactly(
                        1,
                        "default",
                        "written",
                        2,
                        new java.util.TreeSet<>(List.of("a", "b")),
                        true,
                        false,
                        false,
                        true,
                        new java.util.TreeSet<>(List.of("b")),
                        0);
        assertThat(engine.names()).extracting("name").containsExactly("b");
        assertThat(engine.<String>pull("b")).isEqualTo("written");
    }

    @Test
    void whatATaskWritesIsThereWhenItsOutcomeIsKnown() throws Exception {
        for (int round = 0; round < 50; round++) {
            int value = round;
            engine.run(ns -> ns.put("round", value));

            assertThat(engine.<Integer>pull("round")).isEqualTo(round);
        }
    }

    @Test
    void nobodySeesWhatATaskWritesWhileItRuns() throws Exception {
        Gate gate = Gate.closed();
        AsyncResult<Void> writer = engine.runAsync(ns -> {
            ns.put("a", 1);
            gate.pass();
        });
        await().until(() -> gate.arrived() == 1);

        assertThat(engine.names()).isEmpty();
        gate.open();
        writer.await();

        assertThat(engine.<Integer>pull("a")).isEqualTo(1);
    }

    @Test
    void aTaskThatFailsPublishesNothing() throws Exception {
        engine.push("a", "before");

        assertThatThrownBy(() -> engine.run(ns -> {
                    ns.put("a", "after");
                    ns.put("b", 1);
                    throw new IllegalStateException("on purpose");
                }))
                .isInstanceOf(TaskFailedException.class);

        assertThat(engine.<String>pull("a")).isEqualTo("before");
        assertThat(engine.names()).hasSize(1);
        assertThat(engine.<Boolean>apply(ns -> ns.contains("b"))).isFalse();
    }

    @Test
    void aTaskWhoseResultCannotBeSentPublishesNothing() throws Exception {
        assertThatThrownBy(() -> engine.<Object>apply(ns -> {
                    ns.put("a", 1);
                    return Thread.currentThread();
                }))
                .isInstanceOf(TaskFailedException.class);

        assertThat(engine.names()).isEmpty();
    }

    @Test
    void aCancelledTaskPublishesNothingThoughItIgnoresTheInterrupt() throws Exception {
        Gate gate = Gate.closed();
        AsyncResult<Void> stubborn = engine.runAsync(ns -> {
            gate.passStubbornly();
            ns.put("a", 1);
        });
        await().until(() -> gate.arrived() == 1);

        stubborn.cancel(true);
        await().until(() -> gate.interrupted() == 1);
        gate.open();

        await().until(SharedGrid::isIdle);
        assertThatThrownBy(stubborn::await).isInstanceOf(CancellationException.class);
        assertThat(engine.names()).isEmpty();
    }

    @Test
    void valuesThatCannotBeStoredFailTheTaskAndStoreNothing() throws Exception {
        assertThatThrownBy(() -> engine.run(ns -> {
                    ns.put("a", 1);
                    ns.put("b", Thread.currentThread());
                }))
                .isInstanceOf(TaskFailedException.class)
                .hasCauseInstanceOf(NotShippableException.class)
                .hasMessageContaining("value of 'b'");

        assertThat(engine.names()).isEmpty();
    }

    @Test
    void aMissingNameInATaskIsThatExceptionAtTheCaller() {
        assertThatThrownBy(() -> engine.apply(ns -> ns.get("nowhere")))
                .isInstanceOfSatisfying(NoSuchNameException.class, e -> {
                    assertThat(e.engineId()).isZero();
                    assertThat(e.name()).isEqualTo("nowhere");
                });
        assertThatThrownBy(() -> engine.apply(ns -> ns.update("nowhere", old -> old)))
                .isInstanceOf(NoSuchNameException.class);
    }

    @Test
    void blankNamesCannotBeWritten() {
        assertThatThrownBy(() -> engine.run(ns -> ns.put(" ", 1)))
                .hasCauseInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a name cannot be blank");
    }

    @Test
    void theChangedInsideOfAValueIsKeptOnlyByPutOrUpdate() throws Exception {
        engine.push("list", new ArrayList<>(List.of(1)));

        engine.run(ns -> ns.<List<Integer>>get("list").add(2));
        assertThat(engine.<List<Integer>>pull("list")).containsExactly(1);

        engine.run(ns -> ns.<List<Integer>>update("list", list -> {
            list.add(3);
            return list;
        }));
        assertThat(engine.<List<Integer>>pull("list")).endsWith(3);
    }

    private static int deepInside(int depth) {
        return depth == 0 ? Namespace.current().get("a") : deepInside(depth - 1);
    }

    @Test
    void theCurrentNamespaceIsThereDeepInsideAndInThreadsOfTheTask() throws Exception {
        engine.push("a", 5);

        assertThat(engine.apply(() -> deepInside(10))).isEqualTo(5);
        assertThat(grid.engines().apply(() -> Namespace.current().engineId())).containsExactly(0, 1, 2);
        assertThat(engine.apply(() -> {
                    CompletableFuture<Integer> inThread = new CompletableFuture<>();
                    new Thread(() -> inThread.complete(deepInside(3))).start();
                    return inThread.get();
                }))
                .isEqualTo(5);
        assertThat(engine.<Boolean>apply(ns -> ns == Namespace.current())).isTrue();
    }

    @Test
    void outsideATaskThereIsNoNamespace() {
        assertThatThrownBy(Namespace::current)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("runs no task");
    }

    @Test
    void theNamespaceOfATaskThatHasEndedIsNoLongerUsable() throws Exception {
        engine.push("a", 1);
        engine.run(ns -> {
            ns.get("a");
            LEFT_BEHIND.set(ns);
        });

        Namespace leftBehind = LEFT_BEHIND.getAndSet(null);

        assertThatThrownBy(() -> leftBehind.get("a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has ended");
        assertThatThrownBy(() -> leftBehind.put("a", 2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(leftBehind::names).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPushDuringATaskLosesToWhatTheTaskPutsLater() throws Exception {
        Gate gate = Gate.closed();
        AsyncResult<Void> writer = engine.runAsync(ns -> {
            ns.put("a", "task");
            gate.pass();
        });
        await().until(() -> gate.arrived() == 1);

        engine.push("a", "push");
        assertThat(engine.<String>pull("a")).isEqualTo("push");
        gate.open();
        writer.await();

        assertThat(engine.<String>pull("a")).isEqualTo("task");
    }

    @Test
    void enginesHaveNamespacesOfTheirOwn() throws Exception {
        grid.engines().run(ns -> ns.put("mine", ns.engineId() * 10));

        assertThat(grid.engines().<Integer>pull("mine")).containsExactly(0, 10, 20);
        assertThat(grid.loadBalanced().<Integer>apply(() -> Namespace.current().get("mine")) % 10)
                .isZero();
    }
}
