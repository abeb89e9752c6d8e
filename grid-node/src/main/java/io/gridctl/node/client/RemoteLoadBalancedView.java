package io.gridctl.node.client;

import io.gridctl.AsyncResult;
import io.gridctl.LoadBalancedView;
import io.gridctl.MapResult;
import io.gridctl.function.RemoteCallable;
import io.gridctl.function.RemoteFunction;
import io.gridctl.function.RemoteRunnable;
import io.gridctl.node.client.Calls.Invocation;
import io.gridctl.node.task.CallShape;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The load-balanced view: its tasks wait here, in the dispatcher, until an engine has room. */
final class RemoteLoadBalancedView implements LoadBalancedView {
    private final Calls calls;
    private final Balancer balancer;

    RemoteLoadBalancedView(Calls calls, Balancer balancer) {
        this.calls = calls;
        this.balancer = balancer;
    }

    @Override
    public <R extends @Nullable Object> R apply(RemoteCallable<R> code) throws InterruptedException {
        return this.<R>applyAsync(code).await();
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> R apply(
            RemoteFunction<? super A, R> code, A argument) throws InterruptedException {
        return this.<A, R>applyAsync(code, argument).await();
    }

    @Override
    public void run(RemoteRunnable code) throws InterruptedException {
        balancer.submit(calls.prepare(Invocation.of(CallShape.RUNNABLE, code), EffectResult.Single::new))
                .await();
    }

    @Override
    public <R extends @Nullable Object> AsyncResult<R> applyAsync(RemoteCallable<R> code) {
        return balancer.submit(calls.prepare(Invocation.of(CallShape.CALLABLE, code), SingleResult<R>::new));
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> AsyncResult<R> applyAsync(
            RemoteFunction<? super A, R> code, A argument) {
        return balancer.submit(calls.prepare(Invocation.of(CallShape.FUNCTION, code, argument), SingleResult<R>::new));
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
            RemoteFunction<? super A, R> code, Collection<? extends A> items) throws InterruptedException {
        return this.<A, R>mapAsync(code, items).await();
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> MapResult<R> mapAsync(
            RemoteFunction<? super A, R> code, Collection<? extends A> items) {
        return balancer.submit(calls.prepareMap(
                Objects.requireNonNull(code, "code"), Objects.requireNonNull(items, "items"), ListResult<R>::new));
    }
}
