package io.gridctl.node.client;

import com.hazelcast.cluster.Member;
import com.hazelcast.jet.Job;
import com.hazelcast.jet.core.DAG;
import com.hazelcast.map.IMap;
import io.gridctl.GridException;
import io.gridctl.Progress;
import io.gridctl.node.pipeline.PipelineOrder;
import io.gridctl.node.pipeline.PipelineOrder.Share;
import io.gridctl.node.pipeline.PipelineReport;
import io.gridctl.node.task.GridObjects;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline that runs, from its start to its end: one job, which fails on all engines if it does on one. The stages'
 * reports tell what came of it and, if it failed, where.
 */
final class PipelineRun {
    private static final long POLL_MILLIS = 100;
    private static final long FORGET_MILLIS = 1_000;

    private static final long FORGET_MOST_MILLIS = 60_000;

    /** How long after a failure an engine may still be found to be lost. */
    private static final long LOSS_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** What a unit of progress is where bytes are counted: about a slice. */
    private static final long UNIT = 1 << 20;

    private final ClientCore core;
    private final PipelineOrder order;
    private final List<EngineLink> engines;
    private final IMap<String, PipelineReport> reports;
    private final CompletableFuture<Map<Integer, PipelineReport>> ended = new CompletableFuture<>();
    private final Map<Integer, String> seen = new ConcurrentHashMap<>();
    private final Set<UUID> released = ConcurrentHashMap.newKeySet();
    private volatile Progress progress = new Progress(0, 0);
    private @Nullable Job job;
    private boolean stopped;

    PipelineRun(ClientCore core, PipelineOrder order, List<EngineLink> engines) {
        this.core = core;
        this.order = order;
        this.engines = engines;
        reports = core.hazelcast().getMap(GridObjects.PIPELINE);
    }

    /** Begins. Does not wait. */
    void start(DAG dag) {
        core.workers().execute(() -> {
            try {
                submit(dag);
            } catch (RuntimeException e) {
                ended.completeExceptionally(e);
            }
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The end goes on by itself.
    private void submit(DAG dag) {
        synchronized (this) {
            if (stopped) {
                ended.completeExceptionally(new GridException("the call was cancelled"));
                return;
            }
            job = core.hazelcast().getJet().newLightJob(dag);
        }
        job.getFuture()
                .whenComplete((nothing, trouble) ->
                        core.workers().execute(() -> finish(trouble, System.nanoTime() + LOSS_NANOS)));
        core.later(this::look, POLL_MILLIS);
    }

    /** Ends it early, if it has not ended. Does not wait. */
    void stop() {
        core.workers().execute(() -> {
            Job running;
            synchronized (this) {
                stopped = true;
                running = job;
            }
            if (running != null && !ended.isDone()) {
                running.cancel();
            }
        });
    }

    /** The last report of each engine's last stage, or what failed: a {@link PipelineFailure}. */
    CompletableFuture<Map<Integer, PipelineReport>> ended() {
        return ended;
    }

    /** What the engines had to read, when it has ended. */
    Map<Integer, String> seen() {
        return seen;
    }

    Progress progress() {
        return progress;
    }

    private void look() {
        core.workers().execute(() -> {
            if (!ended.isDone()) {
                gather();
                core.later(this::look, POLL_MILLIS);
            }
        });
    }

    private Map<Integer, List<PipelineReport>> gather() {
        Map<Integer, List<PipelineReport>> byEngine = new LinkedHashMap<>();
        long done = 0;
        long total = 0;
        for (Share share : order.shares()) {
            List<PipelineReport> told =
                    new ArrayList<>(reports.getAll(order.reports(share)).values());
            byEngine.put(share.engineId(), told);
            for (PipelineReport report : told) {
                done += units(report.done());
                total += units(report.total());
            }
        }
        progress = new Progress((int) done, (int) total);
        return byEngine;
    }

    private static long units(long count) {
        return count < UNIT ? count == 0 ? 0 : 1 : count / UNIT;
    }

    private void finish(@Nullable Throwable trouble, long lossUntil) {
        try {
            conclude(gather(), trouble, lossUntil);
        } catch (RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }

    private void conclude(Map<Integer, List<PipelineReport>> byEngine, @Nullable Throwable trouble, long lossUntil) {
        Map<Integer, PipelineReport> last = new LinkedHashMap<>();
        Map<Integer, GridException> failures = new LinkedHashMap<>();
        Set<Member> members = new HashSet<>(core.hazelcast().getCluster().getMembers());
        for (EngineLink engine : engines) {
            int id = engine.engineId();
            for (PipelineReport report : Objects.requireNonNull(byEngine.get(id))) {
                if (report.failure() != null) {
                    failures.put(id, new GridException("engine " + id + ": " + report.failure()));
                } else if (report.isLast()) {
                    last.put(id, report);
                } else {
                    seen.put(id, report.seen());
                }
            }
            if (!members.contains(engine.engine().member())) {
                failures.putIfAbsent(id, core.lostException(engine.engine(), "while data went through it"));
            }
        }
        if (trouble != null && failures.isEmpty() && !isStopped() && System.nanoTime() < lossUntil) {
            // The job may know of a lost engine before this client does.
            core.later(() -> core.workers().execute(() -> finish(trouble, lossUntil)), POLL_MILLIS);
            return;
        }
        if (trouble == null && failures.isEmpty() && last.size() == engines.size()) {
            ended.complete(last);
        } else {
            last.values().forEach(this::release);
            ended.completeExceptionally(new PipelineFailure(failures, last, trouble));
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private void release(PipelineReport report) {
        UUID blob = report.blob();
        if (blob != null && released.add(blob)) {
            core.largeValues().release(blob, report.length(), 1);
        }
    }

    /**
     * Removes the reports, which keep what was stored from being swept away before it has a name. Not before the job has
     * ended, nor before what its last stages have said has arrived. Does not wait.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // What stays goes with this client.
    void forget() {
        ended.whenComplete((told, failure) -> forgetAfter(failure != null, FORGET_MILLIS));
    }

    /**
     * Again and again for two minutes: a stage that was slow to end reports late. What it has stored of a pipeline that
     * failed gets no name.
     */
    private void forgetAfter(boolean failed, long millis) {
        Runnable forgetting = () -> {
            if (failed) {
                gather().values().forEach(told -> told.forEach(this::release));
            }
            order.shares().forEach(share -> order.reports(share).forEach(reports::deleteAsync));
            if (millis < FORGET_MOST_MILLIS) {
                forgetAfter(failed, 2 * millis);
            }
        };
        core.later(() -> core.workers().execute(forgetting), millis);
    }

    /** Why a pipeline did not come to its end. */
    static final class PipelineFailure extends GridException {
        private static final long serialVersionUID = 1L;

        private final transient Map<Integer, GridException> failures;
        private final transient Map<Integer, PipelineReport> ended;

        PipelineFailure(
                Map<Integer, GridException> failures, Map<Integer, PipelineReport> ended, @Nullable Throwable trouble) {
            super("the pipeline did not come to its end: " + trouble, trouble);
            this.failures = failures;
            this.ended = ended;
        }

        /** By engine, in their order; empty if nobody knows. */
        Map<Integer, GridException> failures() {
            return failures;
        }

        /** The last reports of engines that had done all of their share. */
        Map<Integer, PipelineReport> ended() {
            return ended;
        }

        /** What an engine says of it: its own failure, or the one that ended it. */
        GridException of(int engineId) {
            GridException own = failures.get(engineId);
            return own != null ? own : failures.values().stream().findFirst().orElse(this);
        }
    }
}
