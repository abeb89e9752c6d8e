package io.gridctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EngineSelectorTest {
    private final List<EngineInfo> six = IntStream.range(0, 6)
            .mapToObj(id -> new EngineInfo(
                    id, 1, EngineState.READY, "here", 100 + id, 1, id % 2 == 0 ? Set.of("gpu") : Set.of()))
            .toList();

    @Test
    void aRangeCountsPositionsWithAStepAndFromTheEnd() {
        assertThat(ids(EngineSelector.range(0, 6, 2))).containsExactly(0, 2, 4);
        assertThat(ids(EngineSelector.every(2))).containsExactly(0, 2, 4);
        assertThat(ids(EngineSelector.range(1, Integer.MAX_VALUE, 3))).containsExactly(1, 4);
        assertThat(ids(EngineSelector.range(0, -3, 1))).containsExactly(0, 1, 2);
        assertThat(ids(EngineSelector.range(-1, Integer.MAX_VALUE, 1))).containsExactly(5);
        assertThat(ids(EngineSelector.range(4, 2, 1))).isEmpty();
    }

    @Test
    void idsKeepTheOrderGivenAndNameTheOneThatIsNotThere() {
        assertThat(ids(EngineSelector.ids(3, 1))).containsExactly(3, 1);
        assertThatThrownBy(() -> EngineSelector.ids(1, 9).select(six))
                .isInstanceOf(NoSuchEngineException.class)
                .hasMessage("there is no engine 9; the grid has [0, 1, 2, 3, 4, 5]");
    }

    @Test
    void aTagMatchesTheEnginesThatCarryIt() {
        assertThat(ids(EngineSelector.tag("gpu"))).containsExactly(0, 2, 4);
        assertThat(ids(EngineSelector.tag("none"))).isEmpty();
    }

    @Test
    void aStepBelowOneIsRefused() {
        assertThatThrownBy(() -> EngineSelector.range(0, 5, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("step must be at least 1, not 0");
    }

    private List<Integer> ids(EngineSelector selector) {
        return selector.select(six).stream().map(EngineInfo::id).toList();
    }
}
