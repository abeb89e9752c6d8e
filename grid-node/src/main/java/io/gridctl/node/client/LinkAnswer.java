package io.gridctl.node.client;

import com.hazelcast.internal.util.ConcurrencyUtil;
import io.gridctl.GridClosedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done with an engine's answer; runs on Hazelcast's thread, so it only notes things down. */
interface LinkAnswer {
    Logger log = LoggerFactory.getLogger(EngineLink.class);

    void take(@Nullable Object answer, @Nullable Throwable trouble);

    @SuppressWarnings({"unchecked", "FutureReturnValueIgnored"}) // What goes wrong inside is logged there.
    static void whenAnswered(EngineRef engine, Future<Object> submitted, LinkAnswer then) {
        // The future of a client's executor service is a stage; its own callbacks would cost one more thread hop.
        ((CompletableFuture<Object>) submitted)
                .whenCompleteAsync(
                        (answer, trouble) -> guarded(engine, () -> then.take(answer, trouble)),
                        ConcurrencyUtil.CALLER_RUNS);
    }

    /** Does something that nobody waits for, and says what went wrong. */
    static void guarded(EngineRef engine, Runnable what) {
        try {
            what.run();
        } catch (GridClosedException closed) {
            log.debug("engine {}: the grid was closed meanwhile", engine.id());
        } catch (RuntimeException | Error e) {
            log.error("engine {}: an answer could not be dealt with", engine.id(), e);
        }
    }
}
