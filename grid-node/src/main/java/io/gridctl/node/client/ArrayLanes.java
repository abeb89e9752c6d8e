package io.gridctl.node.client;

import io.gridctl.GridException;
import io.gridctl.node.task.Outcome;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Sends the chunks of arrays, a few of them under way to each engine, so that an array of any size passes through a small
 * window. An engine on which a chunk has failed gets no more.
 */
final class ArrayLanes {
    private static final int UNDER_WAY = 4;

    private final Executor threads;
    private final Function<EngineLink, GridException> lost;

    /**
     * Lanes for any number of calls.
     *
     * @param threads the grid's own
     * @param lost makes the failure of chunks whose engine is gone
     */
    ArrayLanes(Executor threads, Function<EngineLink, GridException> lost) {
        this.threads = threads;
        this.lost = lost;
    }

    /** Sends each chunk to its engine, chunks of one engine in their order. */
    void send(List<PendingTask> chunks, List<EngineLink> engines) {
        Map<EngineLink, Lane> lanes = new LinkedHashMap<>();
        for (PendingTask chunk : chunks) {
            lanes.computeIfAbsent(engines.get(chunk.index()), Lane::new).waiting.add(chunk);
        }
        for (int round = 0; round < UNDER_WAY; round++) {
            // In turns, so that all engines begin at once.
            lanes.values().forEach(Lane::sendNext);
        }
    }

    /** One engine's chunks. */
    private final class Lane implements FrameOwner {
        private final EngineLink link;
        private final Queue<PendingTask> waiting = new ArrayDeque<>();
        private int underWay;

        Lane(EngineLink link) {
            this.link = link;
        }

        void sendNext() {
            PendingTask next;
            synchronized (this) {
                do {
                    next = underWay < UNDER_WAY ? waiting.poll() : null;
                } while (next != null && next.isEnded());
                if (next == null) {
                    return;
                }
                underWay++;
            }
            link.send(List.of(next), this, false);
        }

        /** The bytes of the next ones are made beside Hazelcast's threads. */
        @Override
        public void answered(EngineLink from, List<Ended> ended, List<Parcel> handedBack, List<Parcel> late) {
            boolean failed = ended.stream().anyMatch(Lane::hasFailed);
            synchronized (this) {
                underWay -= ended.size();
            }
            if (failed) {
                threads.execute(() -> takeWaiting().forEach(PendingTask::cancelled));
            } else {
                ended.forEach(each -> threads.execute(this::sendNext));
            }
        }

        private static boolean hasFailed(Ended ended) {
            Outcome outcome = ended.outcome();
            return outcome != null && !(outcome.end() instanceof Outcome.Value);
        }

        private synchronized List<PendingTask> takeWaiting() {
            List<PendingTask> taken = List.copyOf(waiting);
            waiting.clear();
            return taken;
        }

        @Override
        public void lost(EngineLink from, List<Parcel> unanswered) {
            GridException failure = lost.apply(link);
            unanswered.forEach(chunk -> chunk.failed(failure));
            takeWaiting().forEach(chunk -> chunk.failed(failure));
        }

        @Override
        public void lends(EngineLink from, Parcel task, boolean lent) {
            // Its engine knows what may run there.
        }

        @Override
        public void split(EngineLink from, Parcel whole, List<Parcel> parts) {
            throw new IllegalStateException("a chunk of an array is one task");
        }

        @Override
        public void again(List<Parcel> failed) {
            throw new IllegalStateException("a direct call is not tried again");
        }
    }
}
