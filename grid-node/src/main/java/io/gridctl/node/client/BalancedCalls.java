package io.gridctl.node.client;

import io.gridctl.AsyncResult;
import io.gridctl.DependencyException;
import io.gridctl.GridException;
import io.gridctl.TaskFailedException;
import io.gridctl.WhenFull;
import io.gridctl.WindowFullException;
import io.gridctl.function.RemoteBiFunction;
import io.gridctl.function.RemoteCallable;
import io.gridctl.function.RemoteFunction;
import io.gridctl.function.RemoteRunnable;
import io.gridctl.node.balance.Placement;
import io.gridctl.node.client.Calls.Invocation;
import io.gridctl.node.task.CallShape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a call of the load-balanced view goes through before the dispatcher has it: dependencies, place, window. */
final class BalancedCalls {
    private static final String REFERENCE_HERE =
            "argument: a Reference means something on an engine only, and a task of this view may run in this program, as"
                    + " the view asks for WhenFull.CALLER_RUNS; use one with WhenFull.BLOCK or FAIL for it";

    private final Calls calls;
    private final Balancer balancer;
    private final Executor threads;

    BalancedCalls(Calls calls, Balancer balancer, Executor threads) {
        this.threads = threads;
        this.calls = calls;
        this.balancer = balancer;
    }

    /** The grid's own. */
    Executor threads() {
        return threads;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The room that is taken is left when the result ends.
    <C extends PartsResult<?>> C submit(Invocation call, ViewOptions options, Function<CallContext, C> shape) {
        C result = calls.prepare(call, options.policy(), shape);
        PendingTask task = result.parts().get(0);
        if (options.whenFull() == WhenFull.CALLER_RUNS && task.hasReferences()) {
            result.failOpen(new GridException(REFERENCE_HERE));
            throw new IllegalArgumentException(REFERENCE_HERE);
        }
        long size = task.size();
        if (!options.window().tryEnter(size)) {
            if (options.whenFull() == WhenFull.CALLER_RUNS) {
                runHere(call, task);
                return result;
            }
            awaitRoom(options, size);
        }
        result.whenEnded(() -> options.window().leave(size));
        try {
            whenReady(result, options, placement -> balancer.submit(result, options.rules(placement)));
        } catch (GridException refused) {
            result.failOpen(refused);
            throw refused;
        }
        return result;
    }

    private static void awaitRoom(ViewOptions options, long size) {
        if (options.whenFull() == WhenFull.FAIL) {
            throw new WindowFullException(
                    "the view's window of " + options.window().tasks() + " tasks and "
                            + options.window().bytes() + " bytes is full; wait for results, or widen it");
        }
        try {
            options.window().enter(size);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GridException("interrupted while waiting for room in the view's window; nothing was sent", e);
        }
    }

    @SuppressWarnings({"unchecked", "CatchingUnchecked"})
    private static void runHere(Invocation call, PendingTask task) {
        try {
            Object value = null;
            if (call.function() instanceof RemoteRunnable runnable) {
                runnable.run();
            } else if (call.function() instanceof RemoteCallable<?> callable) {
                value = callable.call();
            } else {
                value = ((RemoteFunction<@Nullable Object, @Nullable Object>) call.function()).apply(call.argument());
            }
            task.value(value);
        } catch (Throwable thrown) {
            if (thrown instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            task.failed(new TaskFailedException(
                    -1, task.idText(), thrown.getClass().getName(), thrown.getMessage(), "", thrown));
        }
    }

    <R extends @Nullable Object> ItemsResult<R> map(
            CallShape shape, Object code, Collection<?> items, ViewOptions options) {
        return map(shape, code, items, options, 0);
    }

    /** A part of a map, whose first item has this index in the whole. */
    <R extends @Nullable Object> ItemsResult<R> map(
            CallShape shape, Object code, Collection<?> items, ViewOptions options, long firstItem) {
        return submit(
                calls.<ItemsResult<R>>prepareItems(
                        shape,
                        code,
                        code,
                        items,
                        options.policy(),
                        (context, kept, firstId, encoder) ->
                                new ItemsResult<>(context, kept, firstId, encoder, firstItem)),
                options);
    }

    /** A map whose values are combined. */
    <R extends @Nullable Object, T extends @Nullable Object> ReducedResult<R, T> reduce(
            RemoteFunction<?, ? extends R> code,
            RemoteBiFunction<R, R, ? extends R> operator,
            Collection<?> items,
            ReducedResult.Start<R> start,
            Function<ReducedResult.Start<R>, T> finish,
            ViewOptions options) {
        return submit(
                calls.<ReducedResult<R, T>>prepareItems(
                        CallShape.REDUCTION,
                        new Object[] {code, operator},
                        operator,
                        items,
                        options.policy(),
                        (context, kept, firstId, encoder) ->
                                new ReducedResult<>(context, kept, firstId, encoder, operator, start, finish)),
                options);
    }

    private <C extends ItemTraffic<?>> C submit(C result, ViewOptions options) {
        if (result.size() > 0) {
            try {
                whenReady(result, options, placement -> balancer.submitMap(result, options.mapRules(placement)));
            } catch (GridException refused) {
                result.failOpen(refused);
                throw refused;
            }
        }
        return result;
    }

    /** Gives a call to the dispatcher once what has to come first has ended; fails at once if that cannot be. */
    @SuppressWarnings("FutureReturnValueIgnored") // What goes wrong is the result's failure.
    private void whenReady(CallResult<?> result, ViewOptions options, Consumer<Placement> submit) {
        if (options.after().isEmpty() && options.follow().isEmpty()) {
            submit.accept(placement(options));
            return;
        }
        List<AsyncResult<?>> first = new ArrayList<>(options.after());
        first.addAll(options.follow());
        if (first.stream().allMatch(AsyncResult::isDone) && options.follow().isEmpty()) {
            begin(first, result, options, submit);
            return;
        }
        if (options.follow().stream().allMatch(AsyncResult::isDone)) {
            // Said at once, if it is known that the call can have no place.
            placement(options);
        }
        var unused = CompletableFuture.allOf(
                        first.stream().map(AsyncResult::toCompletableFuture).toArray(CompletableFuture<?>[]::new))
                .whenCompleteAsync((nothing, trouble) -> begin(first, result, options, submit), threads);
    }

    /** All of the first have ended. */
    private void begin(
            List<AsyncResult<?>> first, CallResult<?> result, ViewOptions options, Consumer<Placement> submit) {
        try {
            for (AsyncResult<?> before : first) {
                ensureSuccess(before);
            }
            submit.accept(placement(options));
        } catch (GridException impossible) {
            result.failOpen(impossible);
        }
    }

    private static void ensureSuccess(AsyncResult<?> before) {
        try {
            before.await();
        } catch (GridException | CancellationException failed) {
            throw new DependencyException(
                    "the call was to run after another one, which did not end well, so it was not run", failed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GridException("interrupted before the call could begin; nothing was sent", e);
        }
    }

    private Placement placement(ViewOptions options) {
        return options.follow().isEmpty()
                ? balancer.placement(options.where())
                : Placements.follow(options.follow(), balancer, options.where());
    }
}
