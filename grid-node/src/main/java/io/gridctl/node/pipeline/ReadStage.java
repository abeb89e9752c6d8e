package io.gridctl.node.pipeline;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.core.AbstractProcessor;
import io.gridctl.node.payload.Slices.Slice;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Emits what a source gives, as long as its client is there. Runs on a thread of its own, because sources block. */
final class ReadStage extends AbstractProcessor {
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SliceSource source;
    private final Reporter reporter;
    private final HazelcastInstance hazelcast;
    private final UUID client;
    private @Nullable Slice pending;
    private long lookedNanos = System.nanoTime();

    ReadStage(SliceSource source, Reporter reporter, HazelcastInstance hazelcast, UUID client) {
        this.source = source;
        this.reporter = reporter;
        this.hazelcast = hazelcast;
        this.client = client;
    }

    @Override
    public boolean isCooperative() {
        return false;
    }

    @Override
    @SuppressWarnings("CatchingUnchecked") // whatever it is, the client is told
    public boolean complete() {
        try {
            lookForClient();
            if (pending == null) {
                pending = source.next();
            }
            if (pending == null) {
                reporter.ended(PipelineReport.read(source.total(), source.seen()));
                return true;
            }
        } catch (Exception e) {
            throw reporter.failed(e);
        }
        reporter.progress(source.done(), source.total());
        if (tryEmit(pending)) {
            pending = null;
        }
        return false;
    }

    /** A client that is gone for good would leave the job to go on for nobody. */
    private void lookForClient() {
        long now = System.nanoTime();
        if (now - lookedNanos < LOOK_NANOS) {
            return;
        }
        lookedNanos = now;
        boolean there = hazelcast.getClientService().getConnectedClients().stream()
                        .anyMatch(connected -> connected.getUuid().equals(client))
                || hazelcast.getCluster().getMembers().stream()
                        .anyMatch(member -> member.getUuid().equals(client));
        if (!there) {
            throw new IllegalStateException("the client has left");
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
