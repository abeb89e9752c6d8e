package io.gridctl.node.client;

import io.gridctl.node.pipeline.PipelineOrder;
import io.gridctl.node.pipeline.PipelineOrder.Share;
import io.gridctl.node.pipeline.PipelineReport;
import io.gridctl.node.pipeline.Pipelines;
import io.gridctl.node.task.FrameCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the frames of one call to their engines together, as one job. What engines do with them, how it ends, is told,
 * cancelled and lost does not depend on how they were brought: a frame whose engine the job has not reached, because a
 * member left meanwhile, is brought by itself, and one that was reached takes it only once.
 */
final class JobCourier implements EngineLink.Courier {
    private static final Logger log = LoggerFactory.getLogger(JobCourier.class);

    /** Of a function. */
    private static final int MOST_BYTES = 1 << 20;

    private final ClientCore core;
    private final List<Load> loads = new ArrayList<>();

    private record Load(EngineRef engine, FrameCall frame, CompletableFuture<Object> answered) {
        Share share() {
            return new Share(engine.id(), engine.member().getUuid(), 0, 1, List.of(), frame);
        }
    }

    JobCourier(ClientCore core) {
        this.core = core;
    }

    /** Takes a frame along, which goes with the others; a large one goes by itself, as they all pass through one member. */
    @Override
    public Future<Object> bring(FrameCall frame, EngineRef engine) {
        if (frame.function().bytes().length > MOST_BYTES) {
            return core.submitTask(frame, engine);
        }
        CompletableFuture<Object> answered = new CompletableFuture<>();
        loads.add(new Load(engine, frame, answered));
        return answered;
    }

    /** It takes its time; what comes of the tasks meanwhile is collected. */
    @Override
    public int budgetMillis(CallSpec spec, boolean handBack) {
        return 0;
    }

    /** Sets out with what there is. Does not wait. */
    void go() {
        if (!loads.isEmpty()) {
            core.workers().execute(this::carry);
        }
    }

    private void carry() {
        PipelineLedger ledger = null;
        try {
            PipelineOrder order = new PipelineOrder(
                    core.clientId(), loads.stream().map(Load::share).toList());
            ledger = new PipelineLedger(core, order);
            core.hazelcast().getJet().newLightJob(Pipelines.call(order)).join();
            deliver(ledger.read());
            ledger.forgetAtOnce();
        } catch (RuntimeException | Error trouble) {
            log.debug("a job did not reach all engines; their frames go by themselves", trouble);
            deliver(Map.of());
            if (ledger != null) {
                ledger.forget(false);
            }
        }
    }

    private void deliver(Map<Integer, List<PipelineReport>> told) {
        for (Load load : loads) {
            Object answer = told.getOrDefault(load.engine().id(), List.of()).stream()
                    .map(PipelineReport::answer)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            if (answer == null) {
                bringByItself(load);
            } else {
                load.answered().complete(answer);
            }
        }
    }

    @SuppressWarnings({"unchecked", "FutureReturnValueIgnored"
    }) // As of any frame, its link deals with what comes of it.
    private void bringByItself(Load load) {
        try {
            ((CompletableFuture<Object>) core.submitTask(load.frame(), load.engine()))
                    .whenComplete((answer, trouble) -> end(load, answer, trouble));
        } catch (RuntimeException | Error trouble) {
            end(load, null, trouble);
        }
    }

    private static void end(Load load, @Nullable Object answer, @Nullable Throwable trouble) {
        if (trouble != null) {
            load.answered().completeExceptionally(trouble);
        } else {
            load.answered().complete(Objects.requireNonNull(answer));
        }
    }
}
