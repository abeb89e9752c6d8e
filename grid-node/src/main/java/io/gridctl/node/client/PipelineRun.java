package io.gridctl.node.client;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.MemberLeftException;
import com.hazelcast.jet.Job;
import com.hazelcast.jet.core.DAG;
import com.hazelcast.jet.core.TopologyChangedException;
import com.hazelcast.spi.exception.TargetDisconnectedException;
import com.hazelcast.spi.exception.TargetNotMemberException;
import io.gridctl.GridException;
import io.gridctl.Progress;
import io.gridctl.node.pipeline.PipelineOrder;
import io.gridctl.node.pipeline.PipelineReport;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pipeline that runs, from its start to its end: one job, which fails on all engines if it does on one. The stages'
 * reports tell what came of it and, if it failed, where. A job also fails when a member leaves that has no share in it; then
 * it is begun anew, which nobody notices, because names are written at the end and entries put again.
 */
final class PipelineRun {
    private static final Logger log = LoggerFactory.getLogger(PipelineRun.class);
    private static final long POLL_MILLIS = 100;

    /** How long after a failure an engine may still be found to be lost. */
    private static final long LOSS_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ClientCore core;
    private final List<EngineLink> engines;
    private final Function<PipelineOrder, DAG> stages;
    private final CompletableFuture<Map<Integer, PipelineReport>> ended = new CompletableFuture<>();
    private final Map<Integer, String> seen = new ConcurrentHashMap<>();
    private volatile Progress progress = new Progress(0, 0);
    private volatile Attempt attempt;
    private boolean stopped;

    /** One job, with reports of its own. */
    private static final class Attempt {
        final PipelineOrder order;
        final PipelineLedger ledger;
        final long begunNanos = System.nanoTime();

        /** When members had begun to change, null if they had not. */
        final @Nullable Long changingNanos;

        @Nullable
        Job job;

        Attempt(ClientCore core, PipelineOrder order, @Nullable Long changingNanos) {
            this.order = order;
            this.changingNanos = changingNanos;
            ledger = new PipelineLedger(core, order);
        }

        /** When members began to change, if that is why it has ended now. */
        long changingSince() {
            long now = System.nanoTime();
            return changingNanos == null || now - begunNanos > LOSS_NANOS ? now : changingNanos;
        }
    }

    PipelineRun(ClientCore core, PipelineOrder order, List<EngineLink> engines, Function<PipelineOrder, DAG> stages) {
        this.core = core;
        this.engines = engines;
        this.stages = stages;
        attempt = new Attempt(core, order, null);
    }

    /** Begins. Does not wait. */
    void start() {
        begin(attempt);
        core.later(this::look, POLL_MILLIS);
    }

    private void begin(Attempt begun) {
        core.workers().execute(() -> {
            try {
                submit(begun);
            } catch (RuntimeException e) {
                ended.completeExceptionally(e);
            }
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The end goes on by itself.
    private void submit(Attempt begun) {
        Job job;
        synchronized (this) {
            if (stopped) {
                ended.completeExceptionally(new GridException("the call was cancelled"));
                return;
            }
            job = core.hazelcast().getJet().newLightJob(stages.apply(begun.order));
            begun.job = job;
        }
        job.getFuture().whenComplete((nothing, trouble) -> {
            long since = begun.changingSince();
            core.workers().execute(() -> finish(begun, trouble, since));
        });
    }

    /** Ends it early, if it has not ended. Does not wait. */
    void stop() {
        core.workers().execute(() -> {
            Job running;
            synchronized (this) {
                stopped = true;
                running = attempt.job;
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
            if (ended.isDone()) {
                return;
            }
            try {
                progress = PipelineLedger.progress(attempt.ledger.read());
            } catch (RuntimeException trouble) {
                log.debug("how far a pipeline is could not be read; its job tells if it failed", trouble);
            }
            core.later(this::look, POLL_MILLIS);
        });
    }

    private void finish(Attempt ending, @Nullable Throwable trouble, long sinceNanos) {
        try {
            conclude(ending, ending.ledger.read(), trouble, sinceNanos);
        } catch (RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }

    private void conclude(
            Attempt ending, Map<Integer, List<PipelineReport>> byEngine, @Nullable Throwable trouble, long sinceNanos) {
        progress = PipelineLedger.progress(byEngine);
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
        if (trouble != null && failures.isEmpty() && !isStopped() && System.nanoTime() - sinceNanos < LOSS_NANOS) {
            // The job may know of a lost engine before this client does, or a member was lost that has no share in it.
            Runnable next = isOfMembers(trouble)
                    ? () -> beginAnew(ending, sinceNanos)
                    : () -> core.workers().execute(() -> finish(ending, trouble, sinceNanos));
            core.later(next, POLL_MILLIS);
            return;
        }
        if (trouble == null && failures.isEmpty() && last.size() == engines.size()) {
            ended.complete(last);
        } else {
            last.values().forEach(ending.ledger::release);
            ended.completeExceptionally(new PipelineFailure(failures, last, trouble));
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    /** Members that see another one leave cancel a job; this client has not, when it asks. */
    private static boolean isOfMembers(Throwable trouble) {
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof TopologyChangedException
                    || cause instanceof MemberLeftException
                    || cause instanceof CancellationException
                    || cause instanceof TargetNotMemberException
                    || cause instanceof TargetDisconnectedException) {
                return true;
            }
        }
        return false;
    }

    private void beginAnew(Attempt failed, long sinceNanos) {
        log.debug("pipeline {} is begun anew, because members have changed", failed.order.id());
        failed.ledger.forget(true);
        seen.clear();
        Attempt next = new Attempt(core, failed.order.again(), sinceNanos);
        attempt = next;
        begin(next);
    }

    /** Removes what is kept of it at the grid, when it has ended. Does not wait. */
    @SuppressWarnings("FutureReturnValueIgnored") // What stays goes with this client.
    void forget() {
        ended.whenComplete((told, failure) -> attempt.ledger.forget(failure != null));
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
