package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.Engine;
import io.gridctl.Grid;
import io.gridctl.RunningTimeoutException;
import io.gridctl.function.RemoteCallable;
import io.gridctl.node.sweep.ShippingGrid;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Loops of a program's own classes that take no notice of their interrupt, on engines to which the classes travel. */
@Timeout(180)
class TravelledLoopTest {
    private static ShippingGrid engines;
    private static Grid grid;

    private final Engine engine = grid.engine(0);

    @BeforeAll
    static void start() throws Exception {
        engines = new ShippingGrid(1, 1);
        grid = engines.connect();
    }

    @AfterAll
    static void stop() {
        grid.close();
        engines.close();
    }

    /** Each goes on for ever. */
    enum Endless implements RemoteCallable<Integer> {
        EMPTY {
            @Override
            public Integer call() {
                System.out.println("begun");
                while (true) {}
            }
        },
        COUNTING {
            @Override
            public Integer call() {
                System.out.println("begun");
                int sum = 0;
                for (int i = 0; ; i++) {
                    sum += i;
                    if (sum == 3 && i < 0) {
                        break;
                    }
                    sum |= 4;
                }
                return sum;
            }
        },
        NESTED_IN_A_LAMBDA {
            @Override
            public Integer call() {
                System.out.println("begun");
                IntUnaryOperator counted = x -> {
                    int sum = x;
                    for (int i = 0; i < 100; i++) {
                        sum ^= i * x;
                    }
                    return sum | 1;
                };
                int value = 1;
                do {
                    value = counted.applyAsInt(value);
                } while (value != 0);
                return value;
            }
        },
        SWALLOWING_ITS_INTERRUPT {
            @Override
            public Integer call() {
                System.out.println("begun");
                int rounds = 0;
                while (rounds >= 0) {
                    LockSupport.parkNanos(1_000_000);
                    Thread.interrupted();
                    rounds = 1;
                }
                return rounds;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Endless.class)
    void anEndlessLoopEndsWhenItsTaskIsCancelled(Endless loop) throws Exception {
        AsyncResult<Integer> result = engine.applyAsync(loop);
        await().atMost(Duration.ofSeconds(60)).until(() -> result.stdout().contains("begun"));

        result.cancel(true);

        assertThat(catchThrowable(result::await)).isInstanceOf(CancellationException.class);
        assertThat(engine.<Integer>apply(() -> 21)).isEqualTo(21);
        await().atMost(Duration.ofSeconds(60)).until(() -> engine.status().running() == 0);
    }

    @Test
    void anEndlessLoopEndsWhenItsTimeIsOver() throws Exception {
        AsyncResult<Integer> result =
                grid.loadBalanced().runningLimit(Duration.ofMillis(300)).applyAsync(Endless.COUNTING);

        assertThat(catchThrowable(result::await)).isInstanceOf(RunningTimeoutException.class);
        assertThat(engine.<Integer>apply(() -> 22)).isEqualTo(22);
    }

    @Test
    void loopsOfLaterTasksGoOnAsBefore() throws Exception {
        AsyncResult<Integer> result = engine.applyAsync(Endless.EMPTY);
        await().atMost(Duration.ofSeconds(60)).until(() -> result.stdout().contains("begun"));
        result.cancel(true);

        assertThat(engine.<Long>apply(() -> {
                    Thread.currentThread().interrupt();
                    long sum = 0;
                    for (int i = 0; i < 100_000; i++) {
                        sum += i;
                    }
                    Thread.interrupted();
                    return sum;
                }))
                .isEqualTo(4_999_950_000L);
    }
}
