package io.gridctl.node.pipeline;

import com.hazelcast.jet.core.AbstractProcessor;
import io.gridctl.node.payload.Slices.Slice;

/** Has a sink take what comes. Runs on a thread of its own, because sinks block. */
final class SinkStage extends AbstractProcessor {
    private final SliceSink sink;
    private final Reporter reporter;
    private final ClientPresence client;
    private boolean finished;

    /** Where slices go. Blocks; for one thread. */
    interface SliceSink {
        void take(Slice slice);

        /** All has come. */
        PipelineReport finish();

        /** Not all will come. */
        void abandon();
    }

    SinkStage(SliceSink sink, Reporter reporter, ClientPresence client) {
        this.sink = sink;
        this.reporter = reporter;
        this.client = client;
    }

    @Override
    public boolean isCooperative() {
        return false;
    }

    @Override
    public boolean tryProcess() {
        client.check();
        return true;
    }

    @Override
    @SuppressWarnings("CatchingUnchecked") // whatever it is, the client is told
    protected boolean tryProcess(int ordinal, Object item) {
        try {
            sink.take((Slice) item);
            return true;
        } catch (Exception e) {
            throw reporter.failed(e);
        }
    }

    @Override
    @SuppressWarnings("CatchingUnchecked") // whatever it is, the client is told
    public boolean complete() {
        try {
            reporter.tell(sink.finish());
            finished = true;
            return true;
        } catch (Exception e) {
            throw reporter.failed(e);
        }
    }

    @Override
    public void close() {
        if (!finished) {
            sink.abandon();
        }
    }
}
