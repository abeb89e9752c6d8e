package io.gridctl.node.balance;

import static io.gridctl.node.balance.FakeWork.works;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Works that wait for other works, and lend their slots meanwhile. */
class DispatcherNestingTest extends DispatcherFixture {
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
