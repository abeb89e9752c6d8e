package io.gridctl.node.balance;

import static io.gridctl.node.balance.FakeWork.works;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How much an engine is given at once, and ahead of what it runs. */
class DispatcherFramesTest extends DispatcherFixture {
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
}
