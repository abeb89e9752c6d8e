package io.gridctl.node.client;

import io.gridctl.DirectView;
import io.gridctl.Grid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of calls that come to their engines by either road, and mean the same. */
@ExtendWith(SharedGrid.class)
@ParameterizedClass
@EnumSource(Road.class)
abstract class EitherRoad {
    final Grid grid = SharedGrid.grid();
    final DirectView all = grid.engines();

    @Parameter
    private Road road;

    @BeforeEach
    void take() {
        road.take(grid);
    }

    @AfterEach
    void leave() {
        Road.leave(grid);
    }
}
