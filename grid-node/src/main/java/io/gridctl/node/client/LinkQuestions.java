package io.gridctl.node.client;

import com.hazelcast.internal.util.ConcurrencyUtil;
import io.gridctl.GridException;
import io.gridctl.node.task.DeskCall;
import io.gridctl.node.task.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one engine is asked beside its slots: again until it has answered, or is lost. */
final class LinkQuestions {
    private static final Logger log = LoggerFactory.getLogger(LinkQuestions.class);
    private static final int RETRY_MILLIS = 100;

    private final EngineRef engine;
    private final ClientCore core;
    private final Set<Question> asked = new HashSet<>();
    private CompletableFuture<@Nullable Object> lastChange = CompletableFuture.completedFuture(null);
    private boolean lost;

    private static final class Question {
        final DeskCall call;
        final CompletableFuture<@Nullable Object> answered = new CompletableFuture<>();

        Question(DeskCall call) {
            this.call = call;
        }
    }

    LinkQuestions(EngineRef engine, ClientCore core) {
        this.engine = engine;
        this.core = core;
    }

    /** How many are without an answer. */
    synchronized int open() {
        return asked.size();
    }

    CompletableFuture<@Nullable Object> ask(DeskCall call) {
        Question question = new Question(call);
        boolean gone;
        synchronized (this) {
            gone = lost;
            if (!gone) {
                asked.add(question);
            }
        }
        if (gone) {
            question.answered.completeExceptionally(gone());
        } else {
            ask(question);
        }
        return question.answered;
    }

    /** Does something when all such things before it have been done. */
    CompletableFuture<@Nullable Object> inOrder(Supplier<CompletableFuture<@Nullable Object>> change) {
        synchronized (this) {
            CompletableFuture<@Nullable Object> changed = lastChange
                    .handleAsync((done, trouble) -> done, ConcurrencyUtil.CALLER_RUNS)
                    .thenComposeAsync(before -> change.get(), ConcurrencyUtil.CALLER_RUNS);
            lastChange = changed;
            return changed;
        }
    }

    private void ask(Question question) {
        LinkAnswer.whenAnswered(engine, core.submitControl(question.call, engine.member()), (answer, trouble) -> {
            if (trouble != null && LinkTrouble.mayPass(trouble)) {
                again(question, trouble);
                return;
            }
            synchronized (this) {
                asked.remove(question);
            }
            if (trouble != null) {
                question.answered.completeExceptionally(
                        new GridException("engine " + engine.id() + " could not be asked: " + trouble, trouble));
            } else if (answer instanceof Refusal refusal) {
                question.answered.completeExceptionally(
                        new GridException("engine " + engine.id() + " did not do it: " + refusal.reason()));
            } else {
                question.answered.complete(answer);
            }
        });
    }

    private void again(Question question, Throwable trouble) {
        synchronized (this) {
            if (lost) {
                return;
            }
        }
        log.debug("engine {}: the link broke, asking again", engine.id(), trouble);
        core.later(() -> ask(question), RETRY_MILLIS);
    }

    private GridException gone() {
        return core.isClosed() ? core.closedException() : core.lostException(engine, "before it could answer");
    }

    /** The engine is gone, or this client is closed: what is open has failed. */
    void lose() {
        List<Question> open;
        synchronized (this) {
            lost = true;
            open = List.copyOf(asked);
            asked.clear();
        }
        open.forEach(question -> question.answered.completeExceptionally(gone()));
    }
}
