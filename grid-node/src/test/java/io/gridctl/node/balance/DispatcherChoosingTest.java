package io.gridctl.node.balance;

import static io.gridctl.node.balance.FakeWork.works;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which engine gets the next work, and whose work that is. */
class DispatcherChoosingTest extends DispatcherFixture {
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
}
