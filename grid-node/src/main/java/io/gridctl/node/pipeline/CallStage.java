package io.gridctl.node.pipeline;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.core.AbstractProcessor;
import io.gridctl.node.task.FrameCall;

/**
 * Gives the engine a frame and reports its answer. The engine's slots run what is in it, and a frame is answered within
 * milliseconds, whether its tasks have ended or not; so this waits, on a thread of its own, for no user code.
 */
final class CallStage extends AbstractProcessor {
    private final FrameCall frame;
    private final Reporter reporter;

    CallStage(FrameCall frame, HazelcastInstance member, Reporter reporter) {
        this.frame = frame;
        this.reporter = reporter;
        frame.setHazelcastInstance(member);
    }

    @Override
    public boolean isCooperative() {
        return false;
    }

    @Override
    public boolean complete() {
        reporter.tell(PipelineReport.answered(frame.call()));
        return true;
    }
}
