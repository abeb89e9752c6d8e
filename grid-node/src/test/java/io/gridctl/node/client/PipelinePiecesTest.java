package io.gridctl.node.client;

import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import io.gridctl.Grid;
import io.gridctl.node.pipeline.PipelineReports;
import io.gridctl.node.task.BlobKey;
import io.gridctl.node.task.GridObjects;
import io.gridctl.node.task.LargeValues;
import io.gridctl.node.task.PieceWriter;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PipelinePiecesTest {
    @Test
    void whatAStageStoresAfterItsPiecesWereReleasedIsReleasedToo() throws Exception {
        try (TestGrid nodes = new TestGrid(1);
                Grid grid = nodes.connect()) {
            IMap<BlobKey, byte[]> map = nodes.client(grid).getMap(GridObjects.BLOB);
            PieceWriter stage = new LargeValues(map).writer();
            PipelinePieces pieces = new PipelinePieces(new LargeValues(map));

            stage.write(new byte[3]);
            pieces.release(PipelineReports.storing(stage.blob(), UUID.randomUUID()));
            long length = stage.finish();
            await().until(() -> map.size() == 2);
            pieces.release(PipelineReports.stored(stage.blob(), length));

            await().until(map::isEmpty);
        }
    }
}
