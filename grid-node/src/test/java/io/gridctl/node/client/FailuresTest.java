package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gridctl.CompositeException;
import io.gridctl.Engine;
import io.gridctl.Grid;
import io.gridctl.GridException;
import io.gridctl.NotShippableException;
import io.gridctl.RemoteThrowable;
import io.gridctl.TaskFailedException;
import java.io.IOException;
import java.io.Serial;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedGrid.class)
@Timeout(60)
class FailuresTest {
    private final Grid grid = SharedGrid.grid();
    private final Engine engine = grid.engine(1);

    /** A user's exception with fields of its own. */
    static final class OrderException extends Exception {
        @Serial
        private static final long serialVersionUID = 1;

        private final int order;

        OrderException(int order, Throwable cause) {
            super("order " + order + " failed", cause);
            this.order = order;
        }
    }

    /** Holds what cannot travel. */
    static final class StuckException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;

        @SuppressWarnings("unused")
        private final transient Thread notThis = Thread.currentThread();

        private final Object held = new Object[] {Thread.currentThread()};

        StuckException() {
            super("stuck");
        }

        @Override
        @SuppressWarnings("OverrideThrowableToString") // What the stand-in shows is what this gives.
        public String toString() {
            return "StuckException with " + (held == null ? "nothing" : "a thread");
        }
    }

    /** Its own methods fail. */
    static final class HostileException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new StackOverflowError("in getMessage");
        }

        @Override
        @SuppressWarnings("NullAway")
        public StackTraceElement[] getStackTrace() {
            return null;
        }
    }

    private TaskFailedException failureOf(io.gridctl.function.RemoteRunnable code) {
        TaskFailedException failure = catchThrowableOfType(TaskFailedException.class, () -> engine.run(code));
        assertThat(failure).isNotNull();
        return failure;
    }

    private static void throwDeepInside() throws OrderException {
        throw new OrderException(17, new IOException("disk", new IllegalStateException("root")));
    }

    @Test
    void theOriginalExceptionIsTheCauseWithTypeFieldsAndItsOwnCauses() {
        TaskFailedException failure = failureOf(FailuresTest::throwDeepInside);

        assertThat(failure.getCause()).isInstanceOfSatisfying(OrderException.class, original -> {
            assertThat(original.order).isEqualTo(17);
            assertThat(original).hasMessage("order 17 failed").hasCauseInstanceOf(IOException.class);
            assertThat(original).hasRootCauseInstanceOf(IllegalStateException.class);
        });
        assertThat(failure.engineId()).isEqualTo(1);
        assertThat(failure.taskId()).isNotBlank();
        assertThat(failure.remoteClassName()).isEqualTo(OrderException.class.getName());
        assertThat(failure).hasMessage("engine 1: " + OrderException.class.getName() + ": order 17 failed");
        assertThat(failure.lastOutput()).isEmpty();
    }

    @Test
    void theCauseHasTheRemoteStackAndTheFailureTheCallers() {
        TaskFailedException failure = failureOf(FailuresTest::throwDeepInside);

        assertThat(failure.getCause().getStackTrace()[0].getMethodName()).isEqualTo("throwDeepInside");
        assertThat(failure.getCause().getStackTrace())
                .as("the engine's own frames are left out")
                .noneMatch(frame -> frame.getClassName().startsWith("io.gridctl.node.engine."));
        assertThat(Arrays.stream(failure.getStackTrace()).map(StackTraceElement::getMethodName))
                .contains("theCauseHasTheRemoteStackAndTheFailureTheCallers");
    }

    @Test
    void errorsComeBackAsTheyAreAndTheSlotGoesOn() throws Exception {
        assertThat(failureOf(FailuresTest::overflow).getCause()).isInstanceOf(StackOverflowError.class);
        assertThat(failureOf(() -> {
                            throw new AssertionError("wrong");
                        })
                        .getCause())
                .isInstanceOf(AssertionError.class)
                .hasMessage("wrong");
        assertThat(failureOf(() -> {
                            throw new NoClassDefFoundError("org/example/Missing");
                        })
                        .getCause())
                .isInstanceOf(NoClassDefFoundError.class)
                .hasMessage("org/example/Missing");
        assertThat(failureOf(() -> {
                            throw new ThreadDeath();
                        })
                        .getCause())
                .isInstanceOf(ThreadDeath.class);
        assertThat(engine.apply(() -> 1)).isEqualTo(1);
    }

    @SuppressWarnings("InfiniteRecursion")
    private static void overflow() {
        overflow();
    }

    @Test
    void anExceptionWithoutMessageIsNamedAlone() {
        assertThat(failureOf(() -> {
                    throw new IllegalStateException();
                }))
                .hasMessage("engine 1: java.lang.IllegalStateException");
    }

    @Test
    void aResultThatCannotBeSentFailsTheTaskWithThePath() throws Exception {
        assertThatThrownBy(() -> engine.<Object>apply(() -> new Object[] {1, Thread.currentThread()}))
                .isInstanceOf(TaskFailedException.class)
                .hasCauseInstanceOf(NotShippableException.class)
                .hasMessageContaining("result");
        assertThat(engine.apply(() -> 1)).isEqualTo(1);
    }

    @Test
    void anExceptionThatCannotTravelIsStoodForWithNameTextAndStack() {
        TaskFailedException failure = failureOf(() -> {
            throw new StuckException();
        });

        assertThat(failure.remoteClassName()).isEqualTo(StuckException.class.getName());
        assertThat(failure.getCause()).isInstanceOfSatisfying(RemoteThrowable.class, standIn -> {
            assertThat(standIn.className()).isEqualTo(StuckException.class.getName());
            assertThat(standIn).hasMessageContaining("StuckException with a thread");
            assertThat(standIn.getStackTrace()[0].getClassName()).isEqualTo(FailuresTest.class.getName());
        });
    }

    @Test
    void anExceptionWhoseOwnMethodsFailLeavesTheSlotAlive() throws Exception {
        TaskFailedException failure = failureOf(() -> {
            throw new HostileException();
        });

        assertThat(failure.remoteClassName()).isEqualTo(HostileException.class.getName());
        assertThat(engine.apply(() -> 1)).isEqualTo(1);
    }

    @Test
    void theLastLinesThatTheTaskPrintedAreInTheMessage() {
        TaskFailedException failure = failureOf(() -> {
            for (int line = 0; line < 30; line++) {
                System.out.println("line " + line);
            }
            System.err.println("trouble ahead");
            throw new IllegalStateException("broken");
        });

        assertThat(failure.lastOutput()).contains("line 29", "trouble ahead").doesNotContain("line 5\n");
        assertThat(failure)
                .hasMessageStartingWith("engine 1: java.lang.IllegalStateException: broken\n  its last output:\n")
                .hasMessageContaining("    trouble ahead");
    }

    @Test
    void aViewFailsWithTheFailuresOfItsEnginesInTheirOrder() throws Exception {
        CompositeException composite = catchThrowableOfType(
                CompositeException.class,
                () -> grid.engines(2, 1, 0).run(ns -> {
                    if (ns.engineId() != 1) {
                        throw new OrderException(ns.engineId(), null);
                    }
                }));

        assertThat(composite.parts()).isEqualTo(3);
        assertThat(composite.failures())
                .extracting(failure -> ((TaskFailedException) failure).engineId())
                .containsExactly(2, 0);
        assertThat(composite.getCause()).isSameAs(composite.failures().get(0));
        assertThat(composite.getSuppressed())
                .containsExactly(composite.failures().get(1));
        assertThat(composite)
                .hasMessageStartingWith("2 of 3 failed:\n  engine 2: ")
                .hasMessageContaining("order 0 failed");
        assertThatThrownBy(() -> composite.failures().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aFailedItemOfAMapIsToldByItsIndexAndItsEngine() {
        CompositeException composite = catchThrowableOfType(
                CompositeException.class,
                () -> grid.loadBalanced().map(FailuresTest::tenDividedBy, List.of(5, 0, 2, 0)));

        assertThat(composite.parts()).isEqualTo(4);
        assertThat(composite.items()).containsExactly(1L, 3L);
        assertThat(composite.failures()).hasSize(2).allSatisfy(failure -> {
            TaskFailedException failed = (TaskFailedException) failure;
            long item = failed.item().orElseThrow();
            assertThat(item).isEqualTo(composite.failures().indexOf(failure) == 0 ? 1 : 3);
            assertThat(failed)
                    .hasMessage("item " + item + ", engine " + failed.engineId()
                            + ": java.lang.ArithmeticException: / by zero");
        });
        assertThat(composite)
                .hasMessage("2 of 4 failed:\n  "
                        + composite.failures().get(0).getMessage() + "\n  "
                        + composite.failures().get(1).getMessage());
    }

    private static int tenDividedBy(int x) {
        return 10 / x;
    }

    @Test
    void aFailedItemOfAStreamIsToldByItsIndexInTheWholeStream() {
        int bad = 70_000;

        try (Stream<Integer> results = grid.loadBalanced()
                .map(x -> 10 / (x - bad), IntStream.iterate(0, x -> x + 1).boxed())) {
            assertThatThrownBy(() -> results.forEach(each -> assertThat(each).isNotNull()))
                    .isInstanceOfSatisfying(
                            TaskFailedException.class,
                            failure -> assertThat(failure.item()).hasValue(bad));
        }
    }

    @Test
    void aTaskThatIsNoItemHasNoIndex() {
        assertThat(failureOf(FailuresTest::throwDeepInside).item()).isEmpty();
    }

    @Test
    void whatIsSaidOfAllItemsIsToldOfEachByItsIndex() {
        CompositeException composite = new CompositeException(
                List.of(new GridException("no engine"), new GridException("no engine")), List.of(7L, 9L), 12);

        assertThat(composite).hasMessage("2 of 12 failed:\n  item 7: no engine\n  item 9: no engine");
    }

    @Test
    void aSingleFailureOfAViewIsCompositeToo() {
        assertThatThrownBy(() -> grid.engines(1).run(() -> {
                    throw new IOException("x");
                }))
                .isInstanceOf(CompositeException.class)
                .hasCauseInstanceOf(TaskFailedException.class);
    }

    @Test
    void getWrapsWhatAwaitThrows() {
        var result = engine.runAsync(() -> {
            throw new IOException("x");
        });

        GridException awaited = catchThrowableOfType(GridException.class, result::await);

        assertThatThrownBy(result::get).isInstanceOf(ExecutionException.class).hasCause(awaited);
        assertThatThrownBy(result::await).isSameAs(awaited);
        assertThat(result.isDone()).isTrue();
        assertThat(result.isCancelled()).isFalse();
    }

    @Test
    void aGridsOwnExceptionThrownByUserCodeIsUserCodesFailure() {
        assertThat(failureOf(() -> {
                            throw new GridException("mine");
                        })
                        .getCause())
                .isInstanceOf(GridException.class)
                .hasMessage("mine");
    }
}
