package io.gridctl.node.client;

import io.gridctl.node.task.CurrentSlot;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A future, as are those derived from it, for which a task of the grid may wait: it lends its slot meanwhile. */
class LendingFuture<T extends @Nullable Object> extends CompletableFuture<T> {
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new LendingFuture<>();
    }

    @Override
    public final T get() throws InterruptedException, ExecutionException {
        if (isDone()) {
            return super.get();
        }
        CurrentSlot.Loan loan = CurrentSlot.lend();
        try {
            return super.get();
        } finally {
            loan.end();
        }
    }

    @Override
    public final T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        if (isDone()) {
            return super.get(timeout, unit);
        }
        CurrentSlot.Loan loan = CurrentSlot.lend();
        try {
            return super.get(timeout, unit);
        } finally {
            loan.end();
        }
    }

    @Override
    public final T join() {
        if (isDone()) {
            return super.join();
        }
        CurrentSlot.Loan loan = CurrentSlot.lend();
        try {
            return super.join();
        } finally {
            loan.end();
        }
    }
}
