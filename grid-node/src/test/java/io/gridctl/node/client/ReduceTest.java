package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.CompositeException;
import io.gridctl.Grid;
import io.gridctl.LoadBalancedView;
import io.gridctl.Progress;
import io.gridctl.TaskFailedException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** One value of many items: combined on the engines, in order, each item once. */
@ExtendWith(SharedGrid.class)
@Timeout(60)
class ReduceTest {
    private static final AtomicInteger ON_ENGINES = new AtomicInteger();
    private static final AtomicInteger HERE = new AtomicInteger();

    private final Grid grid = SharedGrid.grid();
    private final LoadBalancedView view = grid.loadBalanced();

    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    private static String joined(int end) {
        return upTo(end).stream().map(x -> x + ",").collect(Collectors.joining());
    }

    private static boolean isOnEngine() {
        return Thread.currentThread().getName().startsWith("grid-slot-");
    }

    @Test
    void itCombinesInAllForms() throws Exception {
        assertThat(view.<Integer>reduce(Integer::sum, upTo(1000))).contains(499_500);
        assertThat(view.<Integer>reduce(1, Integer::sum, upTo(10))).isEqualTo(46);
        assertThat(view.<Integer>reduceAsync(Integer::max, List.of(3, 9, 2)).await())
                .contains(9);
        assertThat(view.<Integer, Long>mapReduce(x -> (long) x * x, Long::sum, List.of(1, 2, 3)))
                .contains(14L);
        assertThat(view.<String, Integer>mapReduce(0, String::length, Integer::sum, List.of("a", "bc")))
                .isEqualTo(3);
        assertThat(view.<Integer>reduce(Integer::sum, Stream.of(1, 2, 3))).contains(6);
        assertThat(view.<Integer, String>mapReduceAsync(x -> "" + x, String::concat, upTo(11))
                        .toCompletableFuture()
                        .get())
                .contains("012345678910");
    }

    @Test
    void noItemsHaveNoValueOrTheFirstOne() throws Exception {
        AsyncResult<Optional<Integer>> none = view.reduceAsync(Integer::sum, List.<Integer>of());
        assertThat(none.isDone()).isTrue();
        assertThat(none.await()).isEmpty();
        assertThat(view.<Integer>reduce(7, Integer::sum, List.of())).isEqualTo(7);
        assertThat(view.<Integer>reduce(Integer::sum, Stream.<Integer>empty())).isEmpty();
    }

    @Test
    void nullIsAnItemAndAValue() throws Exception {
        assertThat(view.<String, Integer>mapReduce(
                        0, text -> text == null ? 100 : 1, Integer::sum, Arrays.asList("a", null, "b")))
                .isEqualTo(102);
        assertThat(view.<String>reduce((one, other) -> null, List.of("a", "b"))).isEmpty();
        assertThat(view.<String>reduce(null, (one, other) -> one + other, List.of("a")))
                .isEqualTo("nulla");
    }

    /** Joining texts is associative and not commutative. */
    @Test
    void itemsAreCombinedInTheirOrderWhateverTheirChunksAndTimes() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            int size = random.nextInt(400);
            int slow = 1 + random.nextInt(100);
            int failing = 1 + random.nextInt(30);
            FirstRuns runs = new FirstRuns(size);
            LoadBalancedView some = random.nextBoolean() ? view : view.chunk(1 + random.nextInt(60));
            some = random.nextInt(4) == 0 ? some.runningLimit(Duration.ofMinutes(1)) : some;
            int number = runs.number;

            String value = some.retries(1)
                    .<Integer, String>mapReduce(
                            "",
                            x -> {
                                if (x % slow == 7) {
                                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                                }
                                if (x % failing == 3 && FirstRuns.isFirst(number, x)) {
                                    throw new IllegalStateException("the first time");
                                }
                                return x + ",";
                            },
                            String::concat,
                            upTo(size));

            assertThat(value).as("seed %s, round %s", seed, round).isEqualTo(joined(size));
        }
    }

    /** Which items have run, of the test's call; engines in this process share it. */
    private static final class FirstRuns {
        private static final List<FirstRuns> ALL = new CopyOnWriteArrayList<>();

        final int number;
        private final AtomicBoolean[] ran;

        FirstRuns(int size) {
            ran = new AtomicBoolean[size];
            Arrays.setAll(ran, i -> new AtomicBoolean());
            synchronized (ALL) {
                number = ALL.size();
                ALL.add(this);
            }
        }

        static boolean isFirst(int number, int item) {
            return ALL.get(number).ran[item].compareAndSet(false, true);
        }
    }

    private static int counted(int one, int other) {
        (isOnEngine() ? ON_ENGINES : HERE).incrementAndGet();
        return one + other;
    }

    @Test
    void enginesCombineWhatTheyHaveComputed() throws Exception {
        ON_ENGINES.set(0);
        HERE.set(0);

        assertThat(view.chunk(100).<Integer>reduce(ReduceTest::counted, upTo(2000)))
                .contains(1_999_000);

        assertThat(ON_ENGINES.get() + HERE.get()).isGreaterThanOrEqualTo(1999);
        assertThat(HERE.get()).isLessThan(1000);
    }

    @Test
    void failedItemsFailTheWholeAsInAMap() {
        CompositeException failed = catchThrowableOfType(
                CompositeException.class,
                () -> view.<Integer, Integer>mapReduce(
                        x -> {
                            if (x % 10 == 3) {
                                throw new IllegalStateException("item " + x);
                            }
                            return x;
                        },
                        Integer::sum,
                        upTo(50)));

        assertThat(failed.failures()).hasSize(5);
        assertThat(failed.failures().get(2))
                .isInstanceOf(TaskFailedException.class)
                .hasMessageContaining("item 23");
    }

    @Test
    void anOperatorThatFailsOnAnEngineFailsTheItemThatWasToBeAdded() {
        CompositeException failed = catchThrowableOfType(
                CompositeException.class,
                () -> view.chunk(10)
                        .<Integer>reduce(
                                (sum, x) -> {
                                    if (x == 5 && isOnEngine()) {
                                        throw new IllegalStateException("no " + x);
                                    }
                                    return sum + x;
                                },
                                upTo(10)));

        assertThat(failed.failures()).hasSize(1);
        assertThat(failed.failures().get(0)).hasMessageContaining("no 5");
    }

    @Test
    void anOperatorThatFailsHereFailsTheCallEachTimeItIsAsked() {
        AsyncResult<Optional<Integer>> result = view.chunk(1)
                .reduceAsync(
                        (sum, x) -> {
                            throw new IllegalStateException("not here");
                        },
                        upTo(3));

        TaskFailedException failed = catchThrowableOfType(TaskFailedException.class, result::await);
        assertThat(failed).hasMessageContaining("not here");
        assertThat(failed.engineId()).isEqualTo(-1);
        assertThatThrownBy(result::await).isSameAs(failed);
    }

    @Test
    void aValueThatCannotBeSentFailsWhatItIsMadeOf() {
        CompositeException failed = catchThrowableOfType(
                CompositeException.class,
                () -> view.chunk(5)
                        .<Integer, Object>mapReduce(x -> x, (one, other) -> new Thread("not sent"), upTo(5)));

        assertThat(failed.failures())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each).hasMessageContaining("Thread"));
    }

    @Test
    void whatPrintsAndTakesLongIsKnownItemByItem() throws Exception {
        AsyncResult<Optional<Integer>> result = view.chunk(5)
                .mapReduceAsync(
                        x -> {
                            System.out.println("item " + x);
                            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(25));
                            return x;
                        },
                        Integer::sum,
                        upTo(20));

        assertThat(result.await()).contains(190);

        assertThat(result.progress()).isEqualTo(new Progress(20, 20));
        assertThat(result.tasks()).hasSize(20).allSatisfy(task -> {
            assertThat(task.engineId()).isPresent();
            assertThat(task.ran()).isGreaterThanOrEqualTo(Duration.ofMillis(20));
        });
        assertThat(result.tasks().get(7).stdout()).isEqualTo("item 7\n");
        assertThat(result.serialTime()).isGreaterThan(Duration.ofMillis(400));
    }

    @Test
    void itCanBeCancelled() {
        Gate gate = Gate.closed();
        AsyncResult<Optional<Integer>> result = view.mapReduceAsync(
                x -> {
                    gate.pass();
                    return x;
                },
                Integer::sum,
                upTo(100));
        await().until(() -> gate.arrived() >= 1);

        assertThat(result.cancel(true)).isTrue();

        assertThatThrownBy(result::await).isInstanceOf(CancellationException.class);
        await().until(() -> gate.interrupted() >= 1);
    }

    @Test
    void aStreamIsReadInWindowsAndClosed() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        Stream<Integer> items = IntStream.range(0, 500).boxed().onClose(() -> closed.set(true));

        assertThat(view.window(40, 1 << 20).<Integer, String>mapReduce(x -> x + ",", String::concat, items))
                .contains(joined(500));
        assertThat(closed).isTrue();

        AtomicInteger read = new AtomicInteger();
        assertThatThrownBy(() -> view.window(40, 1 << 20)
                        .<Integer, Integer>mapReduce(
                                x -> {
                                    throw new IllegalStateException("item " + x);
                                },
                                Integer::sum,
                                Stream.generate(read::incrementAndGet)))
                .isInstanceOf(CompositeException.class);
        assertThat(read.get()).isBetween(20, 80);
    }

    @Test
    void whatWasCombinedOnALostEngineIsComputedAgainAndCountsOnce() throws Exception {
        Gate gate = Gate.closed();
        try (TestGrid engines = new TestGrid(2)) {
            Grid own = engines.connect();
            own.awaitEngines(2, Duration.ofSeconds(30));
            AsyncResult<String> result = own.loadBalanced()
                    .chunk(40)
                    .mapReduceAsync(
                            "",
                            x -> {
                                if (x % 40 == 20) {
                                    gate.pass();
                                }
                                return x + ",";
                            },
                            String::concat,
                            upTo(400));
            await().until(() -> gate.arrived() >= 2);

            engines.kill(0);
            await().until(() -> own.ids().size() == 1);
            gate.open();

            assertThat(result.await()).isEqualTo(joined(400));
            assertThat(result.tasks()).anyMatch(task -> task.attempts() > 1);
        }
    }
}
