package io.gridctl.node.client;

import io.gridctl.AsyncResult;
import io.gridctl.GridException;
import io.gridctl.LoadBalancedView;
import io.gridctl.function.RemoteCallable;
import io.gridctl.node.task.CurrentSlot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A view as an executor service. What is submitted runs on an engine, and its future completes here. */
final class GridExecutor extends AbstractExecutorService {
    private final LoadBalancedView view;
    private final Executor threads;
    private final Set<Remote<?>> open = ConcurrentHashMap.newKeySet();
    private boolean shutdown;

    /**
     * An executor service.
     *
     * @param view runs what is submitted
     * @param threads run what has to be run in this process
     */
    GridExecutor(LoadBalancedView view, Executor threads) {
        this.view = view;
        this.threads = threads;
    }

    /** A task that runs on an engine, and its future. */
    private final class Remote<T extends @Nullable Object> extends LendingFuture<T> implements RunnableFuture<T> {
        private final RemoteCallable<T> code;
        private final AtomicBoolean begun = new AtomicBoolean();
        private volatile @Nullable AsyncResult<T> call;

        Remote(RemoteCallable<T> code) {
            this.code = code;
        }

        /** As others call it that hold a future to run: it has run when this returns. */
        @Override
        public void run() {
            begin();
            exceptionally(failure -> null).join();
        }

        @SuppressWarnings("FutureReturnValueIgnored") // This future is told.
        void begin() {
            if (!begun.compareAndSet(false, true) || isDone()) {
                return;
            }
            enter(this);
            try {
                AsyncResult<T> sent = view.applyAsync(code);
                call = sent;
                sent.toCompletableFuture().whenCompleteAsync(this::end, threads);
            } catch (GridException refused) {
                leave(this);
                throw new RejectedExecutionException(refused.getMessage(), refused);
            }
        }

        private void end(T value, @Nullable Throwable failure) {
            if (failure == null) {
                complete(value);
            } else if (failure instanceof CancellationException) {
                super.cancel(false);
            } else {
                completeExceptionally(failure);
            }
            leave(this);
        }

        /** For a thread that waits in its place: its interrupt is the task's. */
        T await() throws Exception {
            try {
                return get();
            } catch (InterruptedException ended) {
                cancel(true);
                throw ended;
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof Exception cause ? cause : failed;
            }
        }

        @Override
        public boolean cancel(boolean interrupt) {
            AsyncResult<T> sent = call;
            if (sent != null) {
                sent.cancel(interrupt);
            }
            return super.cancel(interrupt);
        }
    }

    private synchronized void enter(Remote<?> task) {
        if (shutdown) {
            throw new RejectedExecutionException("this executor service was shut down");
        }
        open.add(task);
    }

    private synchronized void leave(Remote<?> task) {
        open.remove(task);
        notifyAll();
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> callable) {
        return new Remote<>(RemoteCallable.of(Objects.requireNonNull(callable, "task")));
    }

    @Override
    @SuppressWarnings("NullAway") // a runnable's value may be null, as the interface has it
    protected <T> RunnableFuture<T> newTaskFor(Runnable runnable, T value) {
        return new Remote<>(RemoteCallable.ofRunnable(Objects.requireNonNull(runnable, "task"), value));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The stage is told how it ended.
    public void execute(Runnable command) {
        Objects.requireNonNull(command, "command");
        if (command instanceof Remote<?> remote) {
            remote.begin();
        } else if (command.getClass().getEnclosingClass() == ExecutorCompletionService.class) {
            // It runs one of our futures, and then tells its queue, which is of this process.
            threads.execute(command);
        } else if (command instanceof FutureTask<?> future) {
            executeCodeOf(future);
        } else {
            CompletableStage stage = CompletableStage.of(command);
            if (stage == null) {
                new Remote<@Nullable Object>(RemoteCallable.ofRunnable(command, null)).begin();
            } else {
                Remote<@Nullable Object> remote = new Remote<>(stage.code());
                remote.whenComplete(stage::end);
                remote.begin();
            }
        }
    }

    /** The future stays, and runs here; all that it does is to wait. */
    private void executeCodeOf(FutureTask<?> future) {
        RemoteCallable<@Nullable Object> code = FutureCode.of(future);
        if (code == null) {
            return;
        }
        Remote<@Nullable Object> remote = new Remote<>(code);
        remote.begin();
        FutureCode.replace(future, remote::await);
        threads.execute(() -> {
            future.run();
            if (future.isCancelled()) {
                // Perhaps before it ran, so that it has not waited.
                remote.cancel(true);
            }
        });
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks) throws InterruptedException, ExecutionException {
        try {
            return any(tasks, Long.MAX_VALUE);
        } catch (TimeoutException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return any(tasks, unit.toNanos(timeout));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What becomes of them is in the first one's future.
    private <T> T any(Collection<? extends Callable<T>> tasks, long nanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("tasks must not be empty");
        }
        List<Remote<T>> all = new ArrayList<>();
        CompletableFuture<T> first = new LendingFuture<>();
        try {
            for (Callable<T> task : tasks) {
                Remote<T> remote = new Remote<>(RemoteCallable.of(task));
                all.add(remote);
                remote.thenAccept(first::complete);
                remote.begin();
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).whenComplete((nothing, failure) -> {
                if (failure != null) {
                    // Nothing changes if one of them has ended well.
                    first.completeExceptionally(
                            failure instanceof CompletionException wrapper && wrapper.getCause() != null
                                    ? wrapper.getCause()
                                    : failure);
                }
            });
            return first.get(nanos, TimeUnit.NANOSECONDS);
        } finally {
            all.forEach(remote -> remote.cancel(true));
        }
    }

    @Override
    public synchronized void shutdown() {
        shutdown = true;
        notifyAll();
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        List<Runnable> dropped = new ArrayList<>();
        for (Remote<?> task : open) {
            AsyncResult<?> call = task.call;
            boolean waits = call != null && !call.isRunning() && !call.isDone();
            if (task.cancel(true) && waits) {
                dropped.add(task);
            }
        }
        return dropped;
    }

    @Override
    public synchronized boolean isShutdown() {
        return shutdown;
    }

    @Override
    public synchronized boolean isTerminated() {
        return shutdown && open.isEmpty();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        CurrentSlot.Loan loan = CurrentSlot.lend();
        try {
            return terminated(timeout, unit);
        } finally {
            loan.end();
        }
    }

    private synchronized boolean terminated(long timeout, TimeUnit unit) throws InterruptedException {
        long end = System.nanoTime() + unit.toNanos(timeout);
        while (!isTerminated()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
