package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.node.pipeline.PipelineReports;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PipelinePiecesTest {
    private final UUID blob = UUID.randomUUID();
    private final List<String> released = new ArrayList<>();
    private final PipelinePieces pieces = new PipelinePieces((value, length, references) -> {
        assertThat(value).isEqualTo(blob);
        released.add(length + " bytes, " + references);
    });

    @Test
    void whatAStageStoresAfterItsPiecesWereReleasedIsReleasedToo() {
        pieces.release(PipelineReports.storing(blob, UUID.randomUUID()));
        int early = released.size();
        pieces.release(PipelineReports.stored(blob, 3));

        assertThat(early).isEqualTo(1);
        assertThat(released).hasSize(2).endsWith("3 bytes, 1");
    }

    @Test
    void whatWasStoredIsReleasedOnce() {
        pieces.release(PipelineReports.stored(blob, 3));
        pieces.release(PipelineReports.stored(blob, 3));

        assertThat(released).containsExactly("3 bytes, 1");
    }
}
