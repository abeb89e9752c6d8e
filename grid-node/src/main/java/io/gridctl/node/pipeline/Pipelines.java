package io.gridctl.node.pipeline;

import com.hazelcast.jet.config.EdgeConfig;
import com.hazelcast.jet.core.DAG;
import com.hazelcast.jet.core.Edge;
import com.hazelcast.jet.core.Vertex;

/**
 * What pipelines look like. Each engine of an order has one processor of each stage, and data goes from stage to stage
 * within the engine; other members, the anchor among them, stand idle. What flows are {@link
 * io.gridctl.node.payload.Slices.Slice slices}: lists of about a megabyte, encoded.
 *
 * <pre>
 * scatterFrom   read the source → (rows become records, on slots) → store the part
 * gatherInto    read the part → put its entries into the map
 * call          give a call to the engine
 * </pre>
 */
public final class Pipelines {
    /** Slices between two stages: one to work on, one on its way. */
    private static final int QUEUE = 2;

    private Pipelines() {}

    /**
     * Reads a source into a part for each engine.
     *
     * @param order what to read, by which engines
     * @return stages to run
     */
    public static DAG scatterFrom(PipelineOrder order) {
        return order.worksOnSlots()
                ? row(order, Stage.Role.READ, Stage.Role.WORK, Stage.Role.STORE)
                : row(order, Stage.Role.READ, Stage.Role.STORE);
    }

    /**
     * Puts the entries of parts into a map.
     *
     * @param order which parts, by which engines, into which map
     * @return stages to run
     */
    public static DAG gatherInto(PipelineOrder order) {
        return row(order, Stage.Role.READ_PART, Stage.Role.PUT);
    }

    /**
     * Gives each engine a call on what it has.
     *
     * @param order which calls, to which engines
     * @return stages to run
     */
    public static DAG call(PipelineOrder order) {
        return row(order, Stage.Role.CALL);
    }

    private static DAG row(PipelineOrder order, Stage.Role... roles) {
        DAG dag = new DAG();
        Vertex before = null;
        for (Stage.Role role : roles) {
            Vertex vertex = dag.newVertex(role.name(), new Stage(role, order)).localParallelism(1);
            if (before != null) {
                dag.edge(Edge.between(before, vertex).isolated().setConfig(new EdgeConfig().setQueueSize(QUEUE)));
            }
            before = vertex;
        }
        return dag;
    }
}
