package io.gridctl.node.balance;

import static io.gridctl.node.balance.FakeWork.works;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DispatcherTest {
    private static final Duration SHORT = Duration.ofNanos(10_000);
    private static final Duration TEN_MILLIS = Duration.ofMillis(10);
    private static final Duration LONG = Duration.ofSeconds(1);

    private final FakeClock clock = new FakeClock();
    private final Dispatcher<FakeWork> dispatcher = new Dispatcher<>(clock);
    private final FakeEngine first = new FakeEngine(0, 1);
    private final FakeEngine second = new FakeEngine(1, 1);

    private Job<FakeWork> submit(List<FakeWork> works) {
        return dispatcher.submit(WorkSource.of(works));
    }

    // ---- choosing

    @Test
    void workWaitsForAnEngine() {
        submit(works("a", 1));

        dispatcher.join(first);

        assertThat(first.held()).containsExactly("a0");
    }

    @Test
    void theEngineWithTheFewestWorksPerSlotIsFirst() {
        FakeEngine wide = new FakeEngine(2, 4);
        dispatcher.join(wide);
        submit(works("a", 1));
        dispatcher.join(first);
        submit(works("b", 1));
        first.endFirst(dispatcher, LONG);
        submit(works("c", 1));

        submit(works("d", 1));

        assertThat(wide.held()).containsExactly("a0", "d0");
        assertThat(first.held()).containsExactly("c0");
    }

    @Test
    void ofEqualEnginesTheOneThatHasWaitedLongestIsFirst() {
        dispatcher.join(first);
        dispatcher.join(second);
        submit(works("a", 2));
        second.endAll(dispatcher, LONG);
        first.endAll(dispatcher, LONG);
        submit(works("b", 1));
        first.endAll(dispatcher, LONG);

        submit(works("c", 1));

        assertThat(second.held()).containsExactly("c0");
    }

    @Test
    void aChoiceOfOnesOwnReplacesLeastLoad() {
        dispatcher.join(first);
        dispatcher.join(second);

        dispatcher.submit(
                WorkSource.of(works("a", 1)),
                JobRules.defaults().withChoice((one, other) -> Integer.compare(other.engineId(), one.engineId())));

        assertThat(second.held()).containsExactly("a0");
    }

    @Test
    void aSingleTaskIsNotStuckBehindAMillionItems() {
        dispatcher.join(first);
        submit(works("map", 1_000_000));
        submit(works("single", 1));

        first.endFirst(dispatcher, LONG);
        first.endFirst(dispatcher, LONG);

        assertThat(first.frames.stream().limit(3).map(FakeWork::names))
                .containsExactly(List.of("map0"), List.of("map1"), List.of("single0"));
    }

    @Test
    void jobsTakeTurns() {
        submit(works("a", 3));
        submit(works("b", 3));
        submit(works("c", 1));
        dispatcher.join(first);

        for (int i = 0; i < 6; i++) {
            first.endFirst(dispatcher, LONG);
        }

        assertThat(first.frames.stream().map(frame -> frame.get(0).name))
                .containsExactly("a0", "b0", "c0", "a1", "b1", "a2", "b2");
    }

    // ---- how much

    @Test
    void unknownWorkIsNotSentAhead() {
        FakeEngine wide = new FakeEngine(2, 4);
        dispatcher.join(wide);

        submit(works("a", 100));

        assertThat(wide.holds).hasSize(4);
    }

    @Test
    void longWorkIsSentOneAheadForEachSlot() {
        dispatcher.join(first);
        submit(works("a", 100));

        first.endFirst(dispatcher, TEN_MILLIS);

        assertThat(first.held()).containsExactly("a1", "a2");
    }

    @Test
    void theLastLongWorksAreNotSentAhead() {
        dispatcher.join(first);
        dispatcher.join(second);
        submit(works("a", 5));

        first.endFirst(dispatcher, TEN_MILLIS);
        second.endFirst(dispatcher, TEN_MILLIS);

        assertThat(first.holds).hasSize(1);
        assertThat(second.holds).hasSize(1);
    }

    @Test
    void workThatDwarfsTheRoundTripIsNotSentAhead() {
        dispatcher.join(first);
        submit(works("a", 100));

        first.endFirst(dispatcher, LONG);

        assertThat(first.held()).containsExactly("a1");
    }

    @Test
    void framesOfShortWorkDoubleUpToTwentyMillisecondsOfWork() {
        dispatcher.join(first);
        submit(works("a", 1_000_000));

        int largest = 1;
        for (int step = 0; step < 20; step++) {
            List<List<FakeWork>> before = List.copyOf(first.frames);
            first.endAll(dispatcher, Duration.ofNanos(50_000));
            int now = first.frames.stream()
                    .skip(before.size())
                    .mapToInt(List::size)
                    .max()
                    .orElseThrow();
            assertThat(now).isLessThanOrEqualTo(2 * largest);
            largest = now;
        }

        assertThat(largest).isEqualTo(400);
        assertThat(first.holds).as("two frames").hasSize(800);
    }

    @Test
    void aFrameOfTheShortestWorkHasAtMost512() {
        dispatcher.join(first);
        submit(works("a", 1_000_000));

        for (int step = 0; step < 20; step++) {
            first.endAll(dispatcher, Duration.ofNanos(1));
        }

        assertThat(first.lastFrame()).hasSize(512);
    }

    @Test
    void aSlowFirstRunDoesNotHideThatWorkIsShort() {
        dispatcher.join(first);
        submit(works("a", 1_000_000));
        first.endFirst(dispatcher, Duration.ofMillis(300));

        first.endFirst(dispatcher, SHORT);

        assertThat(first.lastFrame()).hasSize(2);
    }

    @Test
    void framesShrinkAsSoonAsWorkGetsLonger() {
        dispatcher.join(first);
        submit(works("a", 1_000_000));
        for (int step = 0; step < 20; step++) {
            first.endAll(dispatcher, SHORT);
        }

        first.endAll(dispatcher, Duration.ofMillis(9));

        assertThat(first.lastFrame()).hasSizeLessThan(3);
    }

    @Test
    void framesShrinkTowardsTheEnd() {
        dispatcher.join(first);
        dispatcher.join(second);
        int all = 3_000;
        submit(works("a", all));

        int given = 2;
        for (int round = 0; round < 1_000 && given < all; round++) {
            for (FakeEngine engine : List.of(first, second)) {
                int frames = engine.frames.size();
                engine.endAll(dispatcher, SHORT);
                for (List<FakeWork> frame : engine.frames.subList(frames, engine.frames.size())) {
                    assertThat(frame.size()).isLessThanOrEqualTo(Math.max(1, (all - given) / 4));
                    given += frame.size();
                }
            }
        }

        assertThat(first.lastFrame()).hasSize(1);
        assertThat(second.lastFrame()).hasSize(1);
        assertThat(given).isEqualTo(all);
    }

    @Test
    void anIteratorIsPulledOnlyAsFarAsEnginesHaveRoom() {
        AtomicInteger pulled = new AtomicInteger();
        dispatcher.join(first);

        dispatcher.submit(WorkSource.of(Stream.generate(() -> new FakeWork("a" + pulled.getAndIncrement()))
                .iterator()));

        assertThat(first.held()).containsExactly("a0");
        assertThat(pulled).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void aDrySourceIsAskedAgainOnceItIsRefilled() {
        Deque<FakeWork> queue = new ArrayDeque<>();
        AtomicInteger polls = new AtomicInteger();
        dispatcher.join(first);
        Job<FakeWork> job = dispatcher.submit(new WorkSource<>() {
            @Override
            public @Nullable FakeWork poll(int units) {
                polls.incrementAndGet();
                return queue.poll();
            }

            @Override
            public boolean isExhausted() {
                return false;
            }

            @Override
            public long remaining() {
                return queue.size();
            }
        });
        dispatcher.cancelled();
        assertThat(polls).hasValue(1);
        queue.add(new FakeWork("a"));

        dispatcher.refilled(job);

        assertThat(first.held()).containsExactly("a");
    }

    // ---- what engines report

    @Test
    void cancelledWorkIsSkipped() {
        dispatcher.join(first);
        List<FakeWork> works = works("a", 4);
        submit(works);
        works.get(1).end();
        works.get(2).end();

        first.endFirst(dispatcher, LONG);

        assertThat(first.held()).containsExactly("a3");
    }

    @Test
    void cancelledWorkOnAnEngineKeepsItsSlotUntilItHasEnded() {
        dispatcher.join(first);
        List<FakeWork> works = works("a", 2);
        submit(works);
        works.get(0).end();
        dispatcher.cancelled();
        assertThat(first.held()).containsExactly("a0");

        dispatcher.ended(first, works.get(0), -1);

        assertThat(first.held()).containsExactly("a0", "a1");
    }

    @Test
    void handedBackWorkIsTheNextOfItsJob() {
        FakeEngine wide = new FakeEngine(2, 3);
        dispatcher.join(wide);
        submit(works("a", 10));
        dispatcher.drain(wide);
        wide.handBackAllBut(dispatcher, 1);

        FakeEngine other = new FakeEngine(3, 4);
        dispatcher.join(other);

        assertThat(other.held()).containsExactly("a1", "a2", "a3", "a4");
    }

    @Test
    void handedBackWorkGoesToAnotherEngineFirst() {
        dispatcher.join(first);
        submit(works("a", 1));
        dispatcher.join(second);

        first.handBackAllBut(dispatcher, 0);

        assertThat(first.held()).isEmpty();
        assertThat(second.held()).containsExactly("a0");
    }

    @Test
    void anEngineThatHandedBackIsNotSentAheadUntilAWorkEndsThere() {
        dispatcher.join(first);
        submit(works("a", 100));
        first.endFirst(dispatcher, TEN_MILLIS);
        assertThat(first.held()).containsExactly("a1", "a2");

        first.handBackAllBut(dispatcher, 1);
        assertThat(first.held()).containsExactly("a1");
        first.endFirst(dispatcher, TEN_MILLIS);

        assertThat(first.held()).containsExactly("a2", "a3");
    }

    @Test
    void aFrameThatWasTooMuchHalvesTheNext() {
        dispatcher.join(first);
        submit(works("a", 1_000_000));
        for (int step = 0; step < 12; step++) {
            first.endAll(dispatcher, SHORT);
        }
        int size = first.lastFrame().size();
        int frames = first.frames.size();
        first.handBackAllBut(dispatcher, 1);

        first.endAll(dispatcher, SHORT);

        assertThat(first.frames.subList(frames, first.frames.size()))
                .isNotEmpty()
                .allSatisfy(frame -> assertThat(frame).hasSizeLessThanOrEqualTo(size / 2));
    }

    @Test
    void lateWorkKeepsItsSlot() {
        FakeEngine wide = new FakeEngine(2, 2);
        dispatcher.join(wide);
        List<FakeWork> works = works("a", 3);
        submit(works);

        dispatcher.late(wide, works.get(0));
        assertThat(wide.holds).hasSize(2);
        wide.end(dispatcher, works.get(0), LONG);

        assertThat(wide.held()).containsExactly("a1", "a2");
    }

    @Test
    void shortWorkIsNotQueuedBehindLongWorkInAllSlots() {
        dispatcher.join(first);
        submit(works("short", 1_000));
        first.endFirst(dispatcher, SHORT);
        submit(works("long", 1));
        while (!first.held().contains("long0")) {
            first.end(dispatcher, first.holds.get(0), SHORT);
        }
        FakeWork hours = first.holds.stream()
                .filter(w -> w.name.equals("long0"))
                .findFirst()
                .orElseThrow();
        dispatcher.late(first, hours);

        while (first.holds.size() > 1) {
            first.end(
                    dispatcher,
                    first.holds.stream().filter(w -> w != hours).findFirst().orElseThrow(),
                    SHORT);
        }

        assertThat(first.held()).containsExactly("long0");
    }

    @Test
    void reportsOfWorkThatTheEngineDoesNotHoldAreIgnored() {
        dispatcher.join(first);
        dispatcher.join(second);
        List<FakeWork> works = works("a", 3);
        submit(works);

        assertThat(dispatcher.ended(second, works.get(0), 1)).isFalse();
        assertThat(dispatcher.ended(first, works.get(2), 1)).isFalse();
        dispatcher.handedBack(second, works);
        dispatcher.late(second, works.get(0));

        assertThat(first.held()).containsExactly("a0");
        assertThat(dispatcher.ended(first, works.get(0), 1)).isTrue();
        assertThat(dispatcher.ended(first, works.get(0), 1)).isFalse();
    }

    @Test
    void aDrainingEngineGetsNothingUntilItJoinsAgain() {
        dispatcher.join(first);
        submit(works("a", 3));
        dispatcher.drain(first);
        first.endFirst(dispatcher, LONG);
        assertThat(first.held()).isEmpty();

        dispatcher.join(first);

        assertThat(first.held()).containsExactly("a1");
    }

    @Test
    void anEngineThatCannotBeSentToLosesItsWorkToOthers() {
        EnginePort<FakeWork> broken = new EnginePort<>() {
            @Override
            public int engineId() {
                return 9;
            }

            @Override
            public int incarnation() {
                return 1;
            }

            @Override
            public int slots() {
                return 1;
            }

            @Override
            public void send(List<FakeWork> frame) {
                throw new IllegalStateException("expected by the test");
            }
        };
        dispatcher.join(broken);
        submit(works("a", 2));

        dispatcher.join(first);
        first.endFirst(dispatcher, LONG);

        assertThat(first.frames.stream().map(FakeWork::names)).containsExactly(List.of("a0"), List.of("a1"));
    }

    @Test
    void aClosedDispatcherSendsNothingAndTakesNothing() {
        dispatcher.join(first);
        submit(works("a", 2));

        dispatcher.close();
        dispatcher.close();
        first.endFirst(dispatcher, LONG);

        assertThat(first.held()).isEmpty();
        assertThatIllegalStateException().isThrownBy(() -> submit(works("b", 1)));
    }

    @Test
    void anEngineWithoutSlotsIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> dispatcher.join(new FakeEngine(0, 0)));
    }

    // ---- loss

    /** Loses an engine under four works. */
    private List<FakeWork> fourSuspects() {
        FakeEngine lost = new FakeEngine(7, 4);
        dispatcher.join(lost);
        List<FakeWork> works = works("s", 4);
        submit(works);
        assertThat(lost.holds).hasSize(4);
        dispatcher.leave(lost);
        return works;
    }

    @Test
    void afterALossEachUnansweredWorkRunsAlone() {
        fourSuspects();
        FakeEngine wide = new FakeEngine(2, 4);
        dispatcher.join(wide);
        submit(works("a", 4));

        for (int i = 0; i < 4; i++) {
            assertThat(wide.held()).containsExactly("s" + i);
            wide.endFirst(dispatcher, LONG);
        }

        assertThat(wide.held()).containsExactly("a0", "a1", "a2", "a3");
    }

    @Test
    void anAnsweredWorkOfALostEngineIsNoSuspect() {
        FakeEngine wide = new FakeEngine(2, 2);
        dispatcher.join(wide);
        submit(works("a", 2));
        wide.endFirst(dispatcher, LONG);

        dispatcher.leave(wide);
        dispatcher.join(first);
        first.endFirst(dispatcher, LONG);

        assertThat(first.frames.stream().map(FakeWork::names)).containsExactly(List.of("a1"));
    }

    @Test
    void aSuspectThatStillRunsKeepsItsEngineToItself() {
        List<FakeWork> suspects = fourSuspects();
        suspects.subList(1, 4).forEach(FakeWork::end);
        FakeEngine wide = new FakeEngine(2, 4);
        dispatcher.join(wide);
        submit(works("a", 4));

        dispatcher.late(wide, suspects.get(0));

        assertThat(wide.held()).containsExactly("s0");
    }

    @Test
    void anEngineIsKeptFromNewWorkUntilASuspectCanRunThere() {
        FakeEngine wide = new FakeEngine(2, 4);
        dispatcher.join(wide);
        submit(works("a", 100));
        FakeEngine lost = new FakeEngine(7, 1);
        dispatcher.join(lost);
        dispatcher.leave(lost);

        for (int i = 0; i < 4; i++) {
            assertThat(wide.holds).hasSize(4 - i);
            wide.endFirst(dispatcher, LONG);
        }

        assertThat(wide.held()).containsExactly("a4");
        wide.endFirst(dispatcher, LONG);
        assertThat(wide.holds).hasSize(4);
    }

    @Test
    void suspectsTakeHalfOfTheEnginesWhileOtherWorkWaits() {
        fourSuspects();
        submit(works("a", 100));

        List<FakeEngine> engines =
                IntStream.range(0, 4).mapToObj(id -> new FakeEngine(id, 1)).toList();
        engines.forEach(dispatcher::join);
        engines.forEach(engine -> engine.endFirst(dispatcher, LONG));

        assertThat(engines.stream().filter(engine -> engine.held().get(0).startsWith("s")))
                .hasSizeLessThanOrEqualTo(2)
                .isNotEmpty();
    }

    @Test
    void suspectsTakeAllEnginesWhenNothingElseWaits() {
        fourSuspects();
        List<FakeEngine> engines =
                IntStream.range(0, 4).mapToObj(id -> new FakeEngine(id, 1)).toList();

        engines.forEach(dispatcher::join);

        assertThat(engines).allSatisfy(engine -> assertThat(engine.holds).hasSize(1));
    }

    @Test
    void aSuspectDoesNotWaitForeverForAnEngineThatHangs() {
        FakeEngine hangs = new FakeEngine(2, 2);
        FakeEngine works = new FakeEngine(3, 2);
        dispatcher.join(hangs);
        submit(works("h", 1));
        dispatcher.join(works);
        submit(works("a", 1_000));
        hangs.end(dispatcher, hangs.holds.get(1), LONG);
        FakeEngine lost = new FakeEngine(7, 1);
        dispatcher.join(lost);
        String suspect = lost.held().get(0);
        hangs.end(dispatcher, hangs.holds.get(1), LONG);
        dispatcher.leave(lost);

        boolean ran = false;
        for (int i = 0; i < 20 && !ran; i++) {
            clock.advance(Duration.ofMillis(700));
            works.endFirst(dispatcher, LONG);
            ran = works.held().contains(suspect);
        }

        assertThat(ran).isTrue();
        assertThat(hangs.held()).contains("h0");
    }

    @Test
    void onlyAWorkThatWasAloneIsBlamedAndAfterThreeTimesGivenUp() {
        List<FakeWork> suspects = fourSuspects();
        FakeWork killer = suspects.get(1);

        int engines = 0;
        for (int incarnation = 2; incarnation < 9 && suspects.stream().anyMatch(w -> !w.isEnded()); incarnation++) {
            FakeEngine engine = new FakeEngine(7, incarnation, 4);
            clock.advance(Duration.ofSeconds(1));
            dispatcher.join(engine);
            engines++;
            while (!engine.holds.isEmpty() && engine.holds.get(0) != killer) {
                engine.endFirst(dispatcher, LONG);
            }
            clock.advance(Duration.ofSeconds(2));
            dispatcher.leave(engine);
        }

        assertThat(engines).isEqualTo(3);
        LossHistory history = requireNonNull(killer.history());
        assertThat(history.losses())
                .hasSize(4)
                .extracting(LossHistory.Loss::engineId)
                .containsOnly(7);
        assertThat(history.losses()).extracting(LossHistory.Loss::incarnation).containsExactly(1, 2, 3, 4);
        assertThat(history.losses()).extracting(LossHistory.Loss::alone).containsExactly(false, true, true, true);
        assertThat(history.losses().get(1).held()).isEqualTo(Duration.ofSeconds(2));
        assertThat(history.blamed()).isEqualTo(3);
        assertThat(suspects).filteredOn(work -> work.history() != null).containsExactly(killer);
    }

    @Test
    void aSuspectThatWasCancelledIsDropped() {
        List<FakeWork> suspects = fourSuspects();
        suspects.forEach(FakeWork::end);

        dispatcher.join(first);
        submit(works("a", 1));

        assertThat(first.held()).containsExactly("a0");
    }

    @Test
    void aCancelledSuspectNoLongerKeepsAnEngineWaiting() {
        FakeEngine wide = new FakeEngine(2, 2);
        dispatcher.join(wide);
        submit(works("a", 100));
        FakeEngine lost = new FakeEngine(7, 1);
        dispatcher.join(lost);
        FakeWork suspect = lost.holds.get(0);
        dispatcher.leave(lost);
        wide.endFirst(dispatcher, LONG);
        assertThat(wide.holds).hasSize(1);
        suspect.end();

        dispatcher.cancelled();

        assertThat(wide.holds).hasSize(2);
    }

    @Test
    void aSuspectThatIsHandedBackStaysASuspect() {
        fourSuspects();
        FakeEngine wide = new FakeEngine(2, 4);
        dispatcher.join(wide);

        wide.handBackAllBut(dispatcher, 0);

        assertThat(wide.held()).containsExactly("s0");
    }

    // ---- size and threads

    @Test
    @Timeout(60)
    void theCostOfAnEventDoesNotDependOnHowManyJobsWait() {
        dispatcher.join(first);
        for (int i = 0; i < 300_000; i++) {
            submit(works("a", 1));
        }

        int ended = 0;
        while (!first.holds.isEmpty()) {
            first.endFirst(dispatcher, LONG);
            ended++;
        }

        assertThat(ended).isEqualTo(300_000);
    }

    @Test
    @Timeout(60)
    void anyThreadMayReport() throws InterruptedException {
        int engines = 4;
        int jobs = 20;
        int each = 2_000;
        CountDownLatch left = new CountDownLatch(jobs * each);
        AtomicInteger twice = new AtomicInteger();
        record CountedWork(AtomicBoolean done) implements Work {
            @Override
            public boolean isEnded() {
                return done.get();
            }

            @Override
            public void lost(LossHistory history) {
                throw new AssertionError("nothing is lost here");
            }
        }
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try (Dispatcher<CountedWork> shared = new Dispatcher<>(System::nanoTime)) {
            for (int id = 0; id < engines; id++) {
                int engineId = id;
                shared.join(new EnginePort<>() {
                    @Override
                    public int engineId() {
                        return engineId;
                    }

                    @Override
                    public int incarnation() {
                        return 1;
                    }

                    @Override
                    public int slots() {
                        return 1 + engineId;
                    }

                    @Override
                    public void send(List<CountedWork> frame) {
                        pool.execute(() -> frame.forEach(work -> {
                            if (!work.done().compareAndSet(false, true)) {
                                twice.incrementAndGet();
                            }
                            shared.ended(this, work, 1_000);
                            left.countDown();
                        }));
                    }
                });
            }
            for (int job = 0; job < jobs; job++) {
                List<CountedWork> works = new ArrayList<>();
                for (int i = 0; i < each; i++) {
                    works.add(new CountedWork(new AtomicBoolean()));
                }
                pool.execute(() -> shared.submit(WorkSource.of(works)));
            }

            boolean all = left.await(40, TimeUnit.SECONDS);

            assertThat(all).as("%d works left", left.getCount()).isTrue();
            assertThat(twice).hasValue(0);
        } finally {
            pool.shutdownNow();
        }
    }

    // ---- works that wait for works

    @Test
    void aWorkThatWaitsLetsAnotherRunInItsPlace() {
        List<FakeWork> outer = works("outer", 1);
        dispatcher.join(first);
        submit(outer);
        dispatcher.late(first, outer.get(0));
        submit(works("inner", 2));
        assertThat(first.held()).containsExactly("outer0");

        dispatcher.lends(first, outer.get(0), true);

        assertThat(first.held()).containsExactly("outer0", "inner0");
    }

    @Test
    void aWorkThatGoesOnHasItsSlotAgain() {
        List<FakeWork> outer = works("outer", 1);
        List<FakeWork> inner = works("inner", 2);
        dispatcher.join(first);
        submit(outer);
        dispatcher.late(first, outer.get(0));
        submit(inner);
        dispatcher.lends(first, outer.get(0), true);

        dispatcher.lends(first, outer.get(0), false);
        first.end(dispatcher, inner.get(0), LONG);

        assertThat(first.held()).containsExactly("outer0");
        first.end(dispatcher, outer.get(0), LONG);
        assertThat(first.held()).containsExactly("inner1");
    }

    @Test
    void whatEndedWhileItWaitedLeavesNoSlotBehind() {
        List<FakeWork> outer = works("outer", 1);
        dispatcher.join(first);
        submit(outer);
        dispatcher.late(first, outer.get(0));
        dispatcher.lends(first, outer.get(0), true);
        first.end(dispatcher, outer.get(0), LONG);

        submit(works("next", 2));

        assertThat(first.held()).containsExactly("next0");
    }

    @Test
    void worksThatOthersWaitForComeFirst() {
        submit(works("program", 2));
        dispatcher.submit(WorkSource.of(works("nested", 1)), JobRules.defaults().withDepth(1));
        dispatcher.submit(WorkSource.of(works("deeper", 1)), JobRules.defaults().withDepth(2));
        dispatcher.submit(WorkSource.of(works("also", 1)), JobRules.defaults().withDepth(1));

        dispatcher.join(first);
        IntStream.range(0, 4).forEach(i -> first.endFirst(dispatcher, LONG));

        assertThat(first.frames.stream().map(FakeWork::names))
                .containsExactly(
                        List.of("deeper0"),
                        List.of("nested0"),
                        List.of("also0"),
                        List.of("program0"),
                        List.of("program1"));
    }

    @Test
    void aSuspectThatWaitsIsNotKeptFromWhatItWaitsFor() {
        List<FakeWork> suspect = works("suspect", 1);
        dispatcher.join(first);
        submit(suspect);
        dispatcher.leave(first);
        dispatcher.join(second);
        dispatcher.late(second, suspect.get(0));
        dispatcher.submit(WorkSource.of(works("nested", 1)), JobRules.defaults().withDepth(1));
        assertThat(second.held()).containsExactly("suspect0");

        dispatcher.lends(second, suspect.get(0), true);

        assertThat(second.held()).containsExactly("suspect0", "nested0");
    }

    private void submitNested(List<FakeWork> nested) {
        dispatcher.submit(WorkSource.of(nested), JobRules.defaults().withDepth(1));
    }

    @Test
    void aSuspectRunsBesideAWorkThatMayWaitForIt() {
        List<FakeWork> outer = works("outer", 1);
        List<FakeWork> nested = works("nested", 1);
        dispatcher.join(first);
        submit(outer);
        dispatcher.late(first, outer.get(0));
        dispatcher.join(second);
        submitNested(nested);
        assertThat(second.held()).containsExactly("nested0");
        submit(works("other", 1));
        dispatcher.leave(second);
        assertThat(first.held()).containsExactly("outer0");

        dispatcher.lends(first, outer.get(0), true);

        assertThat(first.held()).containsExactly("outer0", "nested0");
        first.end(dispatcher, nested.get(0), LONG);
        dispatcher.lends(first, outer.get(0), false);
        first.end(dispatcher, outer.get(0), LONG);
        assertThat(first.held()).containsExactly("other0");
    }

    @Test
    void aSuspectMayWaitForASuspect() {
        List<FakeWork> outer = works("outer", 1);
        List<FakeWork> nested = works("nested", 1);
        FakeEngine third = new FakeEngine(2, 1);
        dispatcher.join(first);
        submit(outer);
        dispatcher.leave(first);
        dispatcher.join(second);
        dispatcher.late(second, outer.get(0));
        dispatcher.join(third);
        submitNested(nested);
        submit(works("other", 2));
        dispatcher.leave(third);

        dispatcher.lends(second, outer.get(0), true);

        assertThat(second.held()).containsExactly("outer0", "nested0");
        second.end(dispatcher, nested.get(0), LONG);
        second.end(dispatcher, outer.get(0), LONG);
        assertThat(second.held()).containsExactly("other0");
    }

    @Test
    void theDeepestSuspectComesFirst() {
        List<FakeWork> outer = works("outer", 1);
        FakeEngine two = new FakeEngine(1, 2);
        dispatcher.join(first);
        submit(outer);
        dispatcher.late(first, outer.get(0));
        dispatcher.join(two);
        submit(works("before", 1));
        submitNested(works("nested", 1));
        assertThat(two.held()).containsExactly("before0", "nested0");
        dispatcher.leave(two);

        dispatcher.lends(first, outer.get(0), true);

        assertThat(first.held()).containsExactly("outer0", "nested0");
    }
}
