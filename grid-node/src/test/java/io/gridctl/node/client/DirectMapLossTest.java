package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gridctl.CompositeException;
import io.gridctl.EngineLostException;
import io.gridctl.Grid;
import io.gridctl.MapResult;
import io.gridctl.Namespace;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A map of the direct view while an engine dies. */
@Timeout(60)
class DirectMapLossTest {
    @ParameterizedTest
    @EnumSource(Road.class)
    void itemsOfALostEngineFailAndWhatWasAnsweredStaysAnswered(Road road) throws Exception {
        try (TestGrid testGrid = new TestGrid(2)) {
            Grid grid = testGrid.connect();
            grid.awaitEngines(2, Duration.ofSeconds(20));
            road.take(grid);
            Gate gate = Gate.closed();
            // More than may be under way to one engine at once.
            List<byte[]> items = IntStream.range(0, 100)
                    .mapToObj(i -> {
                        byte[] item = new byte[200_000];
                        item[0] = (byte) i;
                        return item;
                    })
                    .toList();
            MapResult<Integer> result = grid.engines()
                    .mapAsync(
                            item -> {
                                if (item[0] >= 60 && Namespace.current().engineId() == 1) {
                                    gate.passStubbornly();
                                }
                                return (int) item[0];
                            },
                            items);
            await().until(() -> gate.arrived() == 1 && result.progress().done() >= 50);
            int before = result.progress().done();

            testGrid.kill(1);

            assertThatThrownBy(result::await).isInstanceOfSatisfying(CompositeException.class, e -> {
                assertThat(e.failures())
                        .allSatisfy(failure -> assertThat(failure)
                                .isInstanceOfSatisfying(
                                        EngineLostException.class,
                                        lost -> assertThat(lost.engineId()).isEqualTo(1)));
                assertThat(e.items())
                        .containsAll(LongStream.range(60, 100).boxed().toList());
                assertThat(100 - e.items().size()).isGreaterThanOrEqualTo(before);
            });
            List<MapResult.Settled<Integer>> settled = result.settled();
            assertThat(settled.subList(0, 50))
                    .extracting(MapResult.Settled::value)
                    .isEqualTo(IntStream.range(0, 50).boxed().toList());
            gate.open();
        }
    }
}
