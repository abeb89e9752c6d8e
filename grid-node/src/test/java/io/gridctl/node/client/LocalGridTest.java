package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.Grid;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LocalGridTest {
    private static Grid grid;

    @BeforeAll
    static void start() {
        grid = Grid.local(2);
    }

    @AfterAll
    static void stop() {
        grid.close();
    }

    @Test
    void pushAndApply() throws Exception {
        assertThat(grid.ids()).containsExactly(0, 1);
        grid.engines().push("a", 5);
        assertThat(grid.engines().<Integer>apply(ns -> ns.<Integer>get("a") + 27))
                .containsExactly(32, 32);
        assertThat(grid.loadBalanced()
                        .map(x -> x * x, IntStream.range(0, 1000).boxed().toList()))
                .isEqualTo(IntStream.range(0, 1000).map(x -> x * x).boxed().toList());
        assertThat(grid.engine(1).<Integer>pull("a")).isEqualTo(5);
    }
}
