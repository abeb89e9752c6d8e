package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.Engine;
import io.gridctl.Grid;
import io.gridctl.TaskOutput;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedGrid.class)
@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored") // onOutput returns the result it was called on.
class OutputTest {
    /** What a task prints to, rather than to what it was given. */
    private static final ByteArrayOutputStream OWN = new ByteArrayOutputStream();

    private final Grid grid = SharedGrid.grid();
    private final Engine engine = grid.engine(1);
    private final List<TaskOutput> pieces = new CopyOnWriteArrayList<>();

    private String heard(boolean error) {
        return pieces.stream()
                .filter(piece -> piece.error() == error)
                .map(TaskOutput::text)
                .collect(Collectors.joining());
    }

    @Test
    void eachLineIsTaggedWithStreamAndEngineInTheOrderOfTheParts() throws Exception {
        AsyncResult<?> result = grid.engines(2, 0).runAsync(ns -> {
            System.out.println("I am " + ns.engineId());
            System.out.print("no newline");
            System.err.println("E" + ns.engineId());
        });
        result.await();

        assertThat(result.stdout())
                .isEqualTo("[stdout:2] I am 2\n[stdout:2] no newline\n[stdout:0] I am 0\n[stdout:0] no newline\n");
        assertThat(result.stderr()).isEqualTo("[stderr:2] E2\n[stderr:0] E0\n");
        assertThat(result.tasks().get(1).stdout()).isEqualTo("I am 0\nno newline");
        assertThat(result.tasks().get(1).stderr()).isEqualTo("E0\n");
    }

    @Test
    void whoPrintsNothingHasNoOutput() throws Exception {
        AsyncResult<?> result = engine.runAsync(() -> {});
        result.await();

        assertThat(result.stdout()).isEmpty();
        assertThat(result.stderr()).isEmpty();
    }

    @Test
    void whatAFailedTaskPrintedIsThere() {
        AsyncResult<?> result = engine.runAsync(() -> {
            System.out.println("before the end");
            throw new IllegalStateException();
        });

        await().until(result::isDone);
        assertThat(result.stdout()).isEqualTo("[stdout:1] before the end\n");
    }

    @Test
    void theProgramsOwnOutputIsKeptApart() throws Exception {
        Gate gate = Gate.closed();
        AsyncResult<?> result = engine.runAsync(() -> {
            System.out.println("task");
            gate.pass();
        });
        await().until(() -> gate.arrived() == 1);
        Thread program = new Thread(() -> System.out.print(""));
        program.start();
        program.join();
        System.out.print("");
        gate.open();
        result.await();

        assertThat(result.stdout()).isEqualTo("[stdout:1] task\n");
    }

    @Test
    void aTaskThatSetsTheStreamsDoesNotTakeTheOutputOfLaterOnes() throws Exception {
        PrintStream out = System.out;
        PrintStream err = System.err;
        OWN.reset();
        try {
            AsyncResult<?> first = engine.runAsync(OutputTest::setStreams);
            first.await();
            AsyncResult<?> later = engine.runAsync(() -> {
                System.out.println("later");
                System.err.println("later, too");
            });
            later.await();
            System.out.print("program");

            assertThat(first.stdout()).isEmpty();
            assertThat(later.stdout()).isEqualTo("[stdout:1] later\n");
            assertThat(later.stderr()).isEqualTo("[stderr:1] later, too\n");
            // Engines inside a program leave to it what it, or its task, has set.
            assertThat(OWN.toString(StandardCharsets.UTF_8)).isEqualTo("task program");
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private static void setStreams() {
        PrintStream stream = new PrintStream(OWN, true, StandardCharsets.UTF_8);
        System.setOut(stream);
        System.setErr(stream);
        System.out.print("task ");
    }

    @Test
    void outputIsHeardWhileTheTaskRuns() throws Exception {
        Gate first = Gate.closed();
        Gate second = Gate.closed();
        AsyncResult<?> result = engine.runAsync(() -> {
            System.out.println("one");
            first.pass();
            System.out.println("two");
            System.err.println("oops");
            second.pass();
            System.out.println("three");
        });
        assertThat(result.onOutput(pieces::add)).isSameAs(result);

        await().until(() -> heard(false).equals("one\n"));
        assertThat(result.stdout()).isEqualTo("[stdout:1] one\n");
        first.open();
        await().until(() -> heard(false).equals("one\ntwo\n") && heard(true).equals("oops\n"));
        assertThat(result.isDone()).isFalse();
        second.open();
        result.await();

        await().until(() -> heard(false).equals("one\ntwo\nthree\n"));
        assertThat(pieces).allSatisfy(piece -> {
            assertThat(piece.engineId()).isEqualTo(1);
            assertThat(piece.taskId()).isEqualTo(result.tasks().get(0).id());
        });
    }

    @Test
    void aListenerThatComesLateHearsWhatWasPrintedBefore() throws Exception {
        AsyncResult<?> result = engine.runAsync(() -> {
            System.out.println("early");
            System.err.println("bird");
        });
        result.await();

        result.onOutput(pieces::add);

        await().until(() -> pieces.size() == 2);
        assertThat(heard(false)).isEqualTo("early\n");
        assertThat(heard(true)).isEqualTo("bird\n");
    }

    @Test
    void everyPieceIsHeardOnceAndInOrder() throws Exception {
        AsyncResult<?> result = grid.engines().runAsync(ns -> {
            for (int line = 0; line < 3000; line++) {
                System.out.println(ns.engineId() + "-" + line);
                if (line % 500 == 0) {
                    Work.takes(20);
                }
            }
        });
        result.onOutput(pieces::add);
        result.await();

        for (int id = 0; id < SharedGrid.ENGINES; id++) {
            int mine = id;
            String expected = IntStream.range(0, 3000)
                    .mapToObj(line -> mine + "-" + line + "\n")
                    .collect(Collectors.joining());
            await().untilAsserted(() -> assertThat(pieces.stream()
                            .filter(piece -> piece.engineId() == mine)
                            .map(TaskOutput::text)
                            .collect(Collectors.joining()))
                    .isEqualTo(expected));
            assertThat(result.tasks().get(id).stdout()).isEqualTo(expected);
        }
    }

    @Test
    void aListenerThatThrowsOrBlocksHoldsUpNobodyElse() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AsyncResult<?> blocked = engine.runAsync(() -> System.out.println("x"));
        blocked.onOutput(piece -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        blocked.onOutput(piece -> {
            throw new IllegalStateException("a listener's own trouble");
        });
        blocked.onOutput(pieces::add);

        assertThat(engine.applyAsync(() -> 1).toCompletableFuture().get(20, TimeUnit.SECONDS))
                .isEqualTo(1);
        await().until(() -> pieces.size() == 1);
        end.countDown();
    }

    @Test
    void outputOfThreadsThatTheTaskStartsBelongsToIt() throws Exception {
        AsyncResult<?> result = engine.runAsync(() -> {
            Thread thread = new Thread(() -> System.out.println("from a thread"));
            thread.start();
            thread.join();
        });
        result.await();

        assertThat(result.stdout()).isEqualTo("[stdout:1] from a thread\n");
    }

    @Test
    void tooMuchOutputIsCutAndSaysSo() throws Exception {
        AsyncResult<?> result = engine.runAsync(() -> {
            byte[] line = "123456789 123456789 123456789 12\n".getBytes(StandardCharsets.US_ASCII);
            for (int written = 0; written < 2 << 20; written += line.length) {
                System.out.write(line, 0, line.length);
            }
            System.err.println("the other stream has its own limit");
        });
        result.onOutput(pieces::add);
        result.await();

        String stdout = result.tasks().get(0).stdout();
        assertThat(stdout).hasSizeBetween(1 << 20, (1 << 20) + 200);
        assertThat(stdout)
                .containsPattern(
                        "\\[… [\\d,.]+ bytes of standard output were cut; [\\d,.]+ bytes of a task are kept]\n$");
        assertThat(result.stderr()).isEqualTo("[stderr:1] the other stream has its own limit\n");
        await().until(() -> heard(false).length() == stdout.length());
    }

    @Test
    void theCutDoesNotSplitACharacter() throws Exception {
        AsyncResult<?> result = engine.runAsync(() -> System.out.print("x" + "é".repeat(1 << 20)));
        result.await();

        assertThat(result.tasks().get(0).stdout()).doesNotContain("\uFFFD").contains("were cut");
    }

    @Test
    void charactersSplitAcrossWritesStayWhole() throws Exception {
        String text = "aé€\uD83D\uDE00z";
        AsyncResult<?> result = engine.runAsync(() -> {
            for (byte single : text.getBytes(StandardCharsets.UTF_8)) {
                System.out.write(single);
                System.out.flush();
                Work.takes(60);
            }
        });
        result.onOutput(pieces::add);
        result.await();

        await().until(() -> heard(false).equals(text));
        assertThat(pieces).hasSizeGreaterThan(1);
        assertThat(result.tasks().get(0).stdout()).isEqualTo(text);
    }

    @Test
    void aTaskThatClosesItsStreamClosesItForNobodyElse() throws Exception {
        engine.run(() -> {
            PrintStream out = System.out;
            out.close();
        });
        AsyncResult<?> next = engine.runAsync(() -> System.out.println("still here"));
        next.await();

        assertThat(next.stdout()).isEqualTo("[stdout:1] still here\n");
    }
}
