package io.gridctl.node.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.executor.impl.DistributedExecutorService;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.spi.impl.NodeEngineImpl;
import io.gridctl.Grid;
import io.gridctl.function.RemoteFunction;
import io.gridctl.node.sweep.ShippingGrid;
import org.junit.jupiter.api.Test;

/** That Hazelcast, in the version that is pinned, lets frames be served in their own way. */
class FrameServiceTest {
    private static NodeEngineImpl engineMember() {
        return Hazelcast.getAllHazelcastInstances().stream()
                .filter(member -> member.getUserContext().containsKey(EngineDesk.CONTEXT_KEY))
                .map(member ->
                        ((HazelcastInstanceProxy) member).getOriginal().node.getNodeEngine())
                .filter(member -> member.getService(DistributedExecutorService.SERVICE_NAME) instanceof FrameService)
                .findFirst()
                .orElseThrow();
    }

    private static long poolTasks(NodeEngineImpl member) {
        return member.getExecutionService().getExecutor(GridObjects.TASKS).getCompletedTaskCount();
    }

    @Test
    void framesThatBringNoClassesNeedNoThreadOfHazelcastsPool() throws Exception {
        try (ShippingGrid nodes = new ShippingGrid(1, 1);
                Grid grid = nodes.connect()) {
            RemoteFunction<Integer, Integer> function = x -> x + 1;
            assertThat(grid.engine(0).<Integer, Integer>apply(function, 0)).isEqualTo(1);
            NodeEngineImpl member = engineMember();
            // It is counted after its answer was sent.
            await().until(() -> poolTasks(member) > 0);
            long before = poolTasks(member);

            for (int x = 1; x <= 100; x++) {
                assertThat(grid.engine(0).<Integer, Integer>apply(function, x)).isEqualTo(x + 1);
                assertThat(grid.loadBalanced().<Integer, Integer>apply(function, x))
                        .isEqualTo(x + 1);
            }

            assertThat(poolTasks(member)).isEqualTo(before);
        }
    }
}
