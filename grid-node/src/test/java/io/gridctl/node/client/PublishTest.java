package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.Grid;
import io.gridctl.MapResult;
import io.gridctl.Namespace;
import io.gridctl.NotShippableException;
import io.gridctl.PublishedValue;
import io.gridctl.TaskFailedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What tasks let their callers see before they end. */
@ExtendWith(SharedGrid.class)
@Timeout(60)
class PublishTest {
    /** Of the task that a test left a thread behind for; engines are in this process. */
    private static final AtomicReference<Namespace> LEFT = new AtomicReference<>();

    private final Grid grid = SharedGrid.grid();

    @Test
    void aValueIsSeenWhileItsTaskRuns() throws Exception {
        Gate gate = Gate.closed();
        AsyncResult<Integer> result = grid.loadBalanced().applyAsync(() -> {
            Namespace.current().publish(Map.of("loss", 0.5));
            gate.pass();
            return 1;
        });

        await().until(() -> result.published().equals(List.of(Optional.of(Map.of("loss", 0.5)))));
        assertThat(result.isDone()).isFalse();

        gate.open();
        assertThat(result.await()).isEqualTo(1);
        assertThat(result.published()).containsExactly(Optional.of(Map.of("loss", 0.5)));
    }

    @Test
    void theLastValueOfEachEngineCounts() throws Exception {
        Gate gate = Gate.closed();
        MapResult<Integer> all = grid.engines().applyAsync(names -> {
            for (int i = 0; i <= 100; i++) {
                names.publish(100 * names.engineId() + i);
            }
            gate.pass();
            return 1;
        });

        List<Optional<Object>> last = List.of(Optional.of(100), Optional.of(200), Optional.of(300));
        await().until(() -> all.published().equals(last));
        gate.open();
        all.await();
        assertThat(all.published()).isEqualTo(last);
    }

    @Test
    void itemsOfAMapHaveTheirOwn() throws Exception {
        Gate gate = Gate.closed();
        MapResult<Integer> map = grid.loadBalanced()
                .mapAsync(
                        x -> {
                            if (x % 2 == 0) {
                                Namespace.current().publish("item " + x);
                            }
                            if (x == 50) {
                                gate.pass();
                            }
                            return x;
                        },
                        IntStream.range(0, 100).boxed().toList());

        await().until(() -> map.published().get(50).isPresent());
        assertThat(map.isDone()).isFalse();
        gate.open();

        map.await();
        List<Optional<Object>> published = map.published();
        assertThat(published).hasSize(100);
        for (int i = 0; i < 100; i++) {
            assertThat(published.get(i)).isEqualTo(i % 2 == 0 ? Optional.of("item " + i) : Optional.empty());
        }
    }

    @Test
    void listenersAreToldInOrderBeginningWithWhatIsThere() throws Exception {
        Gate gate = Gate.closed();
        AsyncResult<Integer> result = grid.engine(1).applyAsync(names -> {
            names.publish(1);
            gate.pass();
            for (int i = 2; i <= 50; i++) {
                names.publish(i);
            }
            return 1;
        });
        await().until(() -> result.published().equals(List.of(Optional.of(1))));
        List<PublishedValue> told = new CopyOnWriteArrayList<>();

        assertThat(result.onPublished(told::add)).isSameAs(result);
        gate.open();

        await().until(() -> !told.isEmpty() && told.get(told.size() - 1).value().equals(50));
        assertThat(told.get(0))
                .isEqualTo(new PublishedValue(1, result.tasks().get(0).id(), 1));
        assertThat(told).extracting(each -> (Integer) each.value()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void whatAFailedTaskHasPublishedStays() {
        AsyncResult<Integer> result = grid.loadBalanced().applyAsync(() -> {
            Namespace.current().publish("so far");
            throw new IllegalStateException("no further");
        });

        assertThatThrownBy(result::await).isInstanceOf(TaskFailedException.class);
        assertThat(result.published()).containsExactly(Optional.of("so far"));
    }

    @Test
    void aTextPublishes() throws Exception {
        var told = grid.engine(0).executeAsync("io.gridctl.Namespace.current().publish(5);");

        told.await();

        assertThat(told.published()).containsExactly(Optional.of(5));
    }

    @Test
    void whatNobodyHasPublishedIsEmpty() throws Exception {
        MapResult<Integer> map = grid.loadBalanced().mapAsync(x -> x, List.of(1, 2));
        map.await();

        assertThat(map.published()).containsExactly(Optional.empty(), Optional.empty());
    }

    @Test
    void whatCannotBePublishedFailsThere() {
        assertThatThrownBy(() -> grid.engine(0).run(() -> Namespace.current().publish(new byte[2 << 20])))
                .hasCauseInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1048576");
        assertThatThrownBy(() -> grid.engine(0).run(() -> Namespace.current().publish(Thread.currentThread())))
                .hasCauseInstanceOf(NotShippableException.class);
    }

    @Test
    void aTaskThatHasEndedPublishesNothing() throws Exception {
        grid.engine(0).run(() -> LEFT.set(Namespace.current()));

        assertThatThrownBy(() -> LEFT.get().publish(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ended");
    }

    @Test
    void threadsOfATaskPublishForIt() throws Exception {
        AsyncResult<Integer> result = grid.engine(2).applyAsync(() -> {
            Namespace names = Namespace.current();
            CountDownLatch published = new CountDownLatch(1);
            new Thread(() -> {
                        names.publish("of a thread");
                        published.countDown();
                    })
                    .start();
            published.await();
            return 1;
        });

        assertThat(result.await()).isEqualTo(1);
        assertThat(result.published()).containsExactly(Optional.of("of a thread"));
    }
}
