package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.EngineStatus;
import io.gridctl.Grid;
import io.gridctl.MapResult;
import io.gridctl.Namespace;
import io.gridctl.node.EngineSettings;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Engines whose slots are virtual threads, and the refusal where there are none. */
@Timeout(60)
class VirtualSlotsTest {
    private static final int SLOTS = 40;

    private static EngineSettings settings() {
        return new EngineSettings(0, SLOTS, true, Set.of(), List.of());
    }

    private static boolean isVirtual() throws ReflectiveOperationException {
        return (boolean) Thread.class.getMethod("isVirtual").invoke(Thread.currentThread());
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void theyAreRefusedWhereThereAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(VirtualSlotsTest::settings)
                .withMessageStartingWith("slots can be virtual threads from Java 21 on, and this is Java ")
                .withMessageContaining("JAVA_HOME");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void theyRunUserCodeWithItsNamespaceAndItsOutputAndCanBeInterrupted() throws Exception {
        try (TestGrid engines = new TestGrid(0)) {
            engines.startEngine(settings());
            Grid grid = engines.connect();
            AsyncResult<Boolean> task = grid.loadBalanced().applyAsync(() -> {
                Namespace.current().put("name", Thread.currentThread().getName());
                System.out.println("from a virtual thread");
                return isVirtual();
            });
            assertThat(task.await()).isTrue();
            assertThat(grid.engine(0).<String>pull("name")).startsWith("grid-slot-0.");
            assertThat(task.stdout()).contains("[stdout:0] from a virtual thread");

            Gate gate = Gate.closed();
            MapResult<Boolean> all = grid.loadBalanced()
                    .chunk(1)
                    .mapAsync(
                            x -> {
                                gate.pass();
                                return isVirtual();
                            },
                            IntStream.range(0, 3 * SLOTS).boxed().toList());
            await().until(() -> gate.arrived() == SLOTS);
            EngineStatus status = grid.engine(0).status();
            assertThat(status.running()).isEqualTo(SLOTS);
            gate.open();
            assertThat(all.await()).hasSize(3 * SLOTS).containsOnly(true);

            Gate never = Gate.closed();
            AsyncResult<Boolean> cancelled = grid.engine(0).applyAsync(() -> {
                never.pass();
                return true;
            });
            await().until(() -> never.arrived() == 1);
            assertThat(cancelled.cancel(true)).isTrue();
            await().until(() -> never.interrupted() == 1);
        }
    }
}
