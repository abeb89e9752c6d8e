package io.gridctl.node.engine;

import static io.gridctl.node.engine.TestFrames.answerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gridctl.node.task.CallShape;
import io.gridctl.node.task.CodeAnswerCall;
import io.gridctl.node.task.CodePack;
import io.gridctl.node.task.CodeQuestion;
import io.gridctl.node.task.CollectCall;
import io.gridctl.node.task.FrameCall;
import io.gridctl.node.task.FrameCall.TaskCall;
import io.gridctl.node.task.FrameReply;
import io.gridctl.node.task.FunctionPack;
import io.gridctl.node.task.LateReply;
import io.gridctl.node.task.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClientStateTest {
    private static final UUID CLIENT = new UUID(1, 2);

    private final ClientState state = new ClientState();

    private static FrameCall frame(long id, long... acknowledged) {
        return new FrameCall(
                CLIENT,
                id,
                acknowledged,
                new CodePack("", 0, List.of()),
                CallShape.CALLABLE,
                FunctionPack.unshared(new byte[0]),
                List.of(new TaskCall(id * 100, new byte[0])),
                1,
                false,
                0,
                FrameCall.Limits.NONE,
                0);
    }

    private static Outcome outcome(EngineTask task) {
        return new Outcome(task.id(), new Outcome.Value(new byte[] {1}), 1, 1, Outcome.News.NOTHING);
    }

    private EngineTask lateTask(long frame) {
        AcceptedFrame accepted = state.accept(frame(frame)).frame();
        FrameReply reply = answerOf(accepted);
        assertThat(reply.late()).containsExactly(frame * 100);
        return accepted.tasks().get(0);
    }

    private LateReply collect(long received) throws InterruptedException {
        return state.collect(new CollectCall(CLIENT, received, 50));
    }

    @Test
    void aFrameThatComesTwiceIsTakenOnce() throws Exception {
        ClientState.Acceptance first = state.accept(frame(1));
        first.frame().tasks().get(0).end(outcome(first.frame().tasks().get(0)));

        ClientState.Acceptance second = state.accept(frame(1));

        assertThat(first.first()).isTrue();
        assertThat(second.first()).isFalse();
        assertThat(second.frame()).isSameAs(first.frame());
        assertThat(answerOf(first.frame()).ended()).hasSize(1);
        assertThat(answerOf(second.frame()).ended()).hasSize(1);
    }

    private static FrameCall ordered(long order) {
        return new FrameCall(
                CLIENT,
                order,
                new long[0],
                new CodePack("", 0, List.of()),
                CallShape.CALLABLE,
                FunctionPack.unshared(new byte[0]),
                List.of(new TaskCall(order * 100, new byte[0])),
                1,
                false,
                order,
                FrameCall.Limits.NONE,
                0);
    }

    @Test
    void framesThatOvertookEachOtherRunInTheOrderInWhichTheyWereSent() {
        List<Long> started = new ArrayList<>();
        ClientState.Starter starter = tasks -> tasks.forEach(task -> started.add(task.id()));

        for (long order : new long[] {2, 4, 1, 5, 3}) {
            state.start(state.accept(ordered(order)).frame(), starter);
        }

        assertThat(started).containsExactly(100L, 200L, 300L, 400L, 500L);
    }

    @Test
    void aTaskIsInterruptedOnceHoweverOftenTheWordComes() {
        EngineTask task = state.accept(frame(1)).frame().tasks().get(0);
        task.start(() -> {});
        task.cancel(false);
        assertThat(Thread.interrupted()).isFalse();

        task.cancel(true);
        assertThat(Thread.interrupted()).isTrue();
        task.cancel(true);

        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aTaskThatIsCancelledAsItStartsEitherDoesNotRunOrIsInterrupted() throws Exception {
        for (int round = 1; round <= 2_000; round++) {
            EngineTask task = state.accept(frame(round)).frame().tasks().get(0);
            CyclicBarrier together = new CyclicBarrier(2);
            FutureTask<Void> cancelled = new FutureTask<>(() -> {
                together.await();
                task.cancel(true);
                return null;
            });
            new Thread(cancelled).start();

            together.await();
            boolean started = task.start(() -> {});

            while (!cancelled.isDone()) {
                Thread.onSpinWait();
            }
            assertThat(Thread.interrupted()).isEqualTo(started);
            cancelled.get();
        }
    }

    @Test
    void anAcknowledgedFrameIsForgotten() {
        state.accept(frame(1));
        state.accept(frame(2));
        assertThat(state.held()).isEqualTo(2);

        state.accept(frame(3, 1, 2));

        assertThat(state.held()).isEqualTo(1);
    }

    @Test
    void aReplyIsSentAgainUntilItIsAcknowledged() throws Exception {
        EngineTask one = lateTask(1);
        EngineTask two = lateTask(2);
        one.end(outcome(one));
        LateReply first = collect(0);

        two.end(outcome(two));
        LateReply both = collect(0);
        LateReply nothing = collect(both.number());

        assertThat(first.outcomes()).extracting(Outcome::task).containsExactly(100L);
        assertThat(both.outcomes()).extracting(Outcome::task).containsExactly(100L, 200L);
        assertThat(nothing.outcomes()).isEmpty();
    }

    /** A thread that is parked in a call, and what it will give. */
    private CompletableFuture<LateReply> park(long received) {
        CompletableFuture<LateReply> reply = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                reply.complete(state.collect(new CollectCall(CLIENT, received, 20_000)));
            } catch (InterruptedException e) {
                reply.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return reply;
    }

    private void deliver(long task, long bytes) {
        state.deliver(new Outcome(task, new Outcome.Value(new byte[(int) bytes]), 1, 1, Outcome.News.NOTHING));
    }

    @Test
    void aReplyBringsNoMoreThanItShouldAndTheNextOneTheRest() throws Exception {
        deliver(1, ClientState.REPLY_BYTES - 1);
        deliver(2, 10);
        deliver(3, 10);

        LateReply first = collect(0);
        LateReply again = collect(0);
        LateReply rest = collect(again.number());

        assertThat(first.outcomes()).extracting(Outcome::task).containsExactly(1L, 2L);
        assertThat(again.outcomes()).extracting(Outcome::task).containsExactly(1L, 2L);
        assertThat(rest.outcomes()).extracting(Outcome::task).containsExactly(3L);
        assertThat(collect(rest.number()).outcomes()).isEmpty();
    }

    @Test
    void whoWorksForAClientThatDoesNotFetchWaits() throws Exception {
        deliver(1, ClientState.MOST_UNDELIVERED);
        state.awaitRoom();
        deliver(2, 1);
        FutureTask<Void> waiting = new FutureTask<>(() -> {
            state.awaitRoom();
            return null;
        });
        Thread slot = new Thread(waiting);
        slot.start();
        await().until(() -> slot.getState() == Thread.State.WAITING);

        collect(0);

        waiting.get();
    }

    @Test
    void whatGoesByTheOutboxIsNotKeptByItsFrameToo() throws Exception {
        EngineTask task = lateTask(1);
        Outcome outcome = outcome(task);

        task.start(() -> {});
        task.end(outcome);

        assertThat(task.outcome()).isNull();
        assertThat(state.outcomes()).containsExactly(outcome);
        assertThat(collect(0).outcomes()).containsExactly(outcome);
    }

    @Test
    void whoWaitsForAClientToFetchCanBeInterrupted() {
        deliver(1, ClientState.MOST_UNDELIVERED + 1);
        Thread.currentThread().interrupt();

        assertThatThrownBy(state::awaitRoom).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aCallThatNobodyReadsAnyMoreTakesNothingFromItsSuccessor() throws Exception {
        EngineTask task = lateTask(1);
        CompletableFuture<LateReply> abandoned = park(0);
        CompletableFuture<LateReply> successor = park(0);

        task.end(outcome(task));

        assertThat(abandoned.get(10, TimeUnit.SECONDS).outcomes()).isEmpty();
        assertThat(successor.get(10, TimeUnit.SECONDS).outcomes()).hasSize(1);
    }

    @Test
    void aCallThatFindsNothingAcknowledgesNothing() throws Exception {
        EngineTask task = lateTask(1);
        task.end(outcome(task));
        LateReply lost = collect(0);

        LateReply empty = state.collect(new CollectCall(CLIENT, lost.number(), 1));
        LateReply again = collect(0);

        assertThat(empty.number()).isEqualTo(lost.number());
        assertThat(again.outcomes()).hasSize(1);
    }

    @Test
    void whatWasPrintedBeforeAnybodyWaitedIsToldAtOnce() throws Exception {
        AcceptedFrame accepted = state.accept(frame(1)).frame();
        EngineTask task = accepted.tasks().get(0);
        byte[] text = "early".getBytes(StandardCharsets.UTF_8);
        task.printed(false, text, 0, text.length);
        answerOf(accepted);

        LateReply told = state.collect(new CollectCall(CLIENT, 0, 5_000));

        assertThat(told.printed()).extracting(piece -> piece.text().stdout()).containsExactly("early");
    }

    @Test
    void aTaskThatEndsBetweenAnswerAndCollectIsDelivered() throws Exception {
        EngineTask task = lateTask(1);
        task.end(outcome(task));

        assertThat(collect(0).outcomes()).extracting(Outcome::task).containsExactly(100L);
        assertThat(state.held()).as("the frame alone").isEqualTo(1);
    }

    private CompletableFuture<ClientState.Asked> ask() {
        return CompletableFuture.supplyAsync(() -> state.ask("program", false, "demo.Late"));
    }

    private CodeAnswerCall answerTo(CodeQuestion question) {
        return new CodeAnswerCall(
                CLIENT,
                question.number(),
                List.of(new CodePack.PackedClass(question.name(), new byte[] {1})),
                List.of(),
                "");
    }

    @Test
    void aQuestionTravelsInTheAnswerToTheParkedCall() throws Exception {
        lateTask(1);
        CompletableFuture<ClientState.Asked> asked = ask();

        LateReply reply = state.collect(new CollectCall(CLIENT, 0, 10_000));
        assertThat(reply.questions()).hasSize(1);
        CodeQuestion question = reply.questions().get(0);
        assertThat(question.program() + question.name()).isEqualTo("programdemo.Late");
        state.answered(answerTo(question));

        assertThat(asked.get().answer().orElseThrow().classes())
                .extracting(CodePack.PackedClass::name)
                .containsExactly("demo.Late");
        assertThat(collect(reply.number()).questions()).isEmpty();
    }

    @Test
    void aQuestionWhoseReplyGotLostIsToldAgain() throws Exception {
        lateTask(1);
        CompletableFuture<ClientState.Asked> asked = ask();
        state.collect(new CollectCall(CLIENT, 0, 10_000));

        LateReply again = collect(0);
        again.questions().forEach(question -> state.answered(answerTo(question)));

        assertThat(asked.get().answer()).isPresent();
    }

    @Test
    void aFrameThatWaitsForItsTaskIsAnsweredWhenTheTaskHasAQuestion() throws Exception {
        FrameCall patient = new FrameCall(
                CLIENT,
                1,
                new long[0],
                new CodePack("", 0, List.of()),
                CallShape.CALLABLE,
                FunctionPack.unshared(new byte[0]),
                List.of(new TaskCall(100, new byte[0])),
                3_600_000,
                false,
                0,
                FrameCall.Limits.NONE,
                0);
        AcceptedFrame frame = state.accept(patient).frame();
        assertThat(frame.tasks().get(0).start(() -> {})).isTrue();
        CompletableFuture<FrameReply> answered = new CompletableFuture<>();
        frame.whenAnswered(answered::complete);
        CompletableFuture<ClientState.Asked> asked = ask();

        assertThat(answered.get().late()).containsExactly(100);

        LateReply reply = state.collect(new CollectCall(CLIENT, 0, 10_000));
        state.answered(answerTo(reply.questions().get(0)));
        assertThat(asked.get().answer()).isPresent();
    }

    @Test
    void aClientWithNothingUnderWayIsNotAsked() {
        ClientState.Asked asked = state.ask("program", true, "name");

        assertThat(asked.answer()).isEmpty();
        assertThat(asked.otherwise()).isEqualTo("has nothing under way here to be asked by");
    }

    /** Looks, when it is interrupted, whether a task waits that could begin in place of its own. */
    private static final class Runner extends Thread {
        private final List<EngineTask> tasks;
        private volatile boolean otherWaited;

        Runner(List<EngineTask> tasks) {
            this.tasks = tasks;
        }

        @Override
        public void run() {
            assertThat(tasks.get(0).start(() -> {})).isTrue();
            EngineTask.cancel(tasks, true);
        }

        @Override
        public void interrupt() {
            otherWaited = tasks.get(1).isWaiting();
            super.interrupt();
        }
    }

    @Test
    void whatWaitsIsDroppedBeforeWhatRunsIsInterrupted() throws Exception {
        List<EngineTask> tasks = List.of(
                state.accept(frame(1)).frame().tasks().get(0),
                state.accept(frame(2)).frame().tasks().get(0));
        Runner runner = new Runner(tasks);

        runner.start();
        runner.join();

        assertThat(tasks.get(0).isCancelled()).isTrue();
        assertThat(runner.otherWaited).isFalse();
        assertThat(tasks.get(1).hasEnded()).isTrue();
    }

    @Test
    void theParkedCallEndsWhenItsClientLeaves() throws Exception {
        FutureTask<LateReply> parked =
                new FutureTask<>(() -> state.collect(new CollectCall(CLIENT, 0, (int) TimeUnit.HOURS.toMillis(1))));
        Thread thread = new Thread(parked);
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);

        state.cancelAll();

        assertThat(parked.get().outcomes()).isEmpty();
    }

    @Test
    void aQuestionEndsWhenItsClientLeaves() throws Exception {
        lateTask(1);
        CompletableFuture<ClientState.Asked> asked = ask();
        state.collect(new CollectCall(CLIENT, 0, 10_000));

        state.cancelAll();

        assertThat(asked.get().answer()).isEmpty();
    }
}
