package io.gridctl.node.balance;

import static io.gridctl.node.balance.FakeWork.works;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What engines say of the works that they hold: ended, handed back, late, draining. */
class DispatcherReportsTest extends DispatcherFixture {
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
}
