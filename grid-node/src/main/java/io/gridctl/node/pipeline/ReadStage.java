package io.gridctl.node.pipeline;

import com.hazelcast.jet.core.AbstractProcessor;
import io.gridctl.node.payload.Slices.Slice;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Emits what a source gives, as long as its client is there. Runs on a thread of its own, because sources block. */
final class ReadStage extends AbstractProcessor {
    private final SliceSource source;
    private final Reporter reporter;
    private final ClientPresence client;
    private @Nullable Slice pending;

    ReadStage(SliceSource source, Reporter reporter, ClientPresence client) {
        this.source = source;
        this.reporter = reporter;
        this.client = client;
    }

    @Override
    public boolean isCooperative() {
        return false;
    }

    @Override
    @SuppressWarnings("CatchingUnchecked") // whatever it is, the client is told
    public boolean complete() {
        client.check();
        try {
            if (pending == null) {
                pending = source.next();
            }
            if (pending == null) {
                reporter.tell(PipelineReport.read(source.total(), source.seen()));
                return true;
            }
        } catch (Exception e) {
            throw reporter.failed(e);
        }
        reporter.progress(PipelineReport.progress(source.done(), source.total()));
        if (tryEmit(pending)) {
            pending = null;
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
