package io.gridctl.node.client;

import io.gridctl.AsyncResult;
import io.gridctl.EngineChoice;
import io.gridctl.EngineInfo;
import io.gridctl.LoadBalancedView;
import io.gridctl.MapResult;
import io.gridctl.Reference;
import io.gridctl.WhenFull;
import io.gridctl.function.RemoteBiFunction;
import io.gridctl.function.RemoteCallable;
import io.gridctl.function.RemoteFunction;
import io.gridctl.function.RemoteRunnable;
import io.gridctl.function.RemoteTriFunction;
import io.gridctl.node.client.Calls.Invocation;
import io.gridctl.node.task.CallShape;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The load-balanced view: its tasks wait here, in the dispatcher, until an engine has room. */
final class RemoteLoadBalancedView implements LoadBalancedView {
    private static final int MOST_CHUNK = 1_000_000;

    private final BalancedCalls calls;
    private final ViewOptions options;

    RemoteLoadBalancedView(BalancedCalls calls, ViewOptions options) {
        this.calls = calls;
        this.options = options;
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
        calls.submit(Invocation.of(CallShape.RUNNABLE, code), options, EffectResult.Single::new)
                .await();
    }

    @Override
    public <R extends @Nullable Object> AsyncResult<R> applyAsync(RemoteCallable<R> code) {
        return calls.submit(Invocation.of(CallShape.CALLABLE, code), options, SingleResult<R>::new);
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> AsyncResult<R> applyAsync(
            RemoteFunction<? super A, R> code, A argument) {
        return calls.submit(Invocation.of(CallShape.FUNCTION, code, argument), options, SingleResult<R>::new);
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
            RemoteFunction<? super A, R> code, Collection<? extends A> items) throws InterruptedException {
        return this.<A, R>mapAsync(code, items).await();
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> MapResult<R> mapAsync(
            RemoteFunction<? super A, R> code, Collection<? extends A> items) {
        Objects.requireNonNull(code, "code");
        return calls.map(CallShape.FUNCTION, code, Objects.requireNonNull(items, "items"), options);
    }

    @Override
    public <R extends @Nullable Object> MapResult<R> mapAsync(Reference<?> function, Collection<?> items) {
        return calls.map(CallShape.FUNCTION, named(function, "function"), named(items, "items"), options);
    }

    @Override
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> MapResult<R> mapAsync(
            RemoteBiFunction<? super A, ? super B, R> code,
            Collection<? extends A> first,
            Collection<? extends B> second) {
        Objects.requireNonNull(code, "code");
        return calls.map(
                CallShape.BIFUNCTION, code, InStep.of(named(first, "first"), named(second, "second")), options);
    }

    @Override
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            MapResult<R> mapAsync(
                    RemoteTriFunction<? super A, ? super B, ? super C, R> code,
                    Collection<? extends A> first,
                    Collection<? extends B> second,
                    Collection<? extends C> third) {
        Objects.requireNonNull(code, "code");
        return calls.map(
                CallShape.TRIFUNCTION,
                code,
                InStep.of(named(first, "first"), named(second, "second"), named(third, "third")),
                options);
    }

    private static <C> C named(@Nullable C value, String name) {
        return Objects.requireNonNull(value, name);
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> Stream<R> map(
            RemoteFunction<? super A, R> code, Stream<? extends A> items) {
        return lazily(code, items, MapResult::stream);
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> Stream<R> mapUnordered(
            RemoteFunction<? super A, R> code, Stream<? extends A> items) {
        return lazily(code, items, result -> result.asCompleted().map(MapResult.Item::value));
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> Stream<MapResult.Settled<R>> mapSettled(
            RemoteFunction<? super A, R> code, Stream<? extends A> items) {
        return lazily(code, items, MapResult::streamSettled);
    }

    private <A extends @Nullable Object, R extends @Nullable Object, V extends @Nullable Object> Stream<V> lazily(
            RemoteFunction<? super A, R> code, Stream<? extends A> items, Function<MapResult<R>, Stream<V>> reader) {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(items, "items");
        return LazyMap.<A, R, V>stream(
                (some, first) -> calls.map(CallShape.FUNCTION, code, some, options, first),
                items,
                options.window().tasks(),
                reader);
    }

    // ---- one value of many items

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> AsyncResult<Optional<R>> mapReduceAsync(
            RemoteFunction<? super A, ? extends R> code,
            RemoteBiFunction<R, R, ? extends R> operator,
            Collection<? extends A> items) {
        return calls.<R, Optional<R>>reduce(
                named(code, "code"),
                named(operator, "operator"),
                named(items, "items"),
                new ReducedResult.Start<>(false, null),
                sum -> Optional.ofNullable(sum.value()),
                options);
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> AsyncResult<R> mapReduceAsync(
            R identity,
            RemoteFunction<? super A, ? extends R> code,
            RemoteBiFunction<R, R, ? extends R> operator,
            Collection<? extends A> items) {
        return calls.<R, R>reduce(
                named(code, "code"),
                named(operator, "operator"),
                named(items, "items"),
                new ReducedResult.Start<>(true, identity),
                ReducedResult.Start::value,
                options);
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> Optional<R> mapReduce(
            RemoteFunction<? super A, ? extends R> code,
            RemoteBiFunction<R, R, ? extends R> operator,
            Stream<? extends A> items)
            throws InterruptedException {
        named(code, "code");
        named(operator, "operator");
        return LazyReduction.<A, R>of(
                some -> this.<A, R>mapReduceAsync(code, operator, some),
                operator,
                named(items, "items"),
                options.window().tasks());
    }

    // ---- other views

    private LoadBalancedView with(ViewOptions other) {
        return new RemoteLoadBalancedView(calls, other);
    }

    private LoadBalancedView with(Retries retries) {
        return with(options.withPolicy(options.policy().withRetries(retries)));
    }

    @Override
    public LoadBalancedView retries(int most) {
        require(most >= 0, "retries must be at least 0, not " + most);
        Retries now = options.policy().retries();
        return with(new Retries(most, now.delay(), now.backOff(), now.when()));
    }

    @Override
    public LoadBalancedView retryDelay(Duration delay) {
        require(!named(delay, "delay").isNegative(), "the delay of a retry cannot be negative: " + delay);
        Retries now = options.policy().retries();
        return with(new Retries(now.most(), delay, now.backOff(), now.when()));
    }

    @Override
    public LoadBalancedView retryBackOff(double factor) {
        require(factor >= 1, "retryBackOff must be at least 1, not " + factor);
        Retries now = options.policy().retries();
        return with(new Retries(now.most(), now.delay(), factor, now.when()));
    }

    @Override
    public LoadBalancedView retryWhen(Predicate<? super Throwable> when) {
        Retries now = options.policy().retries();
        return with(new Retries(now.most(), now.delay(), now.backOff(), Objects.requireNonNull(when, "when")));
    }

    @Override
    public LoadBalancedView waitingLimit(Duration limit) {
        return with(options.withPolicy(options.policy().withWaiting(checked(limit))));
    }

    @Override
    public LoadBalancedView runningLimit(Duration limit) {
        return with(options.withPolicy(options.policy().withRunning(checked(limit))));
    }

    @Override
    public LoadBalancedView progressLimit(Duration limit) {
        return with(options.withPolicy(options.policy().withQuiet(checked(limit))));
    }

    @Override
    public LoadBalancedView failFast() {
        return with(options.withPolicy(options.policy().failingFast()));
    }

    private static Duration checked(Duration limit) {
        require(
                named(limit, "limit").isZero() || limit.toMillis() >= 1,
                "a limit must be at least a millisecond, or zero for none, not " + limit);
        return limit;
    }

    @Override
    public LoadBalancedView chunk(int items) {
        require(items >= 0 && items <= MOST_CHUNK, "chunk must be from 0 to " + MOST_CHUNK + ", not " + items);
        return with(options.withChunk(items));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    @Override
    public LoadBalancedView window(int tasks, long bytes) {
        return with(options.withWindow(new Window(tasks, bytes)));
    }

    @Override
    public LoadBalancedView whenFull(WhenFull policy) {
        return with(options.withWhenFull(Objects.requireNonNull(policy, "policy")));
    }

    @Override
    public LoadBalancedView where(Predicate<EngineInfo> condition) {
        return with(options.withWhere(Objects.requireNonNull(condition, "condition")));
    }

    @Override
    public LoadBalancedView where(String tag) {
        Objects.requireNonNull(tag, "tag");
        return where(engine -> engine.tags().contains(tag));
    }

    @Override
    public LoadBalancedView choice(EngineChoice choice) {
        return with(options.withChoice(Objects.requireNonNull(choice, "choice")));
    }

    @Override
    public LoadBalancedView after(AsyncResult<?>... results) {
        return with(options.withAfter(Arrays.asList(named(results, "results"))));
    }

    @Override
    public LoadBalancedView follow(AsyncResult<?>... results) {
        for (AsyncResult<?> result : named(results, "results")) {
            require(result.tasks().size() == 1, "a call can follow a single task, not one of several parts");
        }
        return with(options.withFollow(Arrays.asList(results)));
    }

    @Override
    public ExecutorService asExecutorService() {
        return new GridExecutor(this, calls.threads());
    }

    @Override
    public String toString() {
        return "load-balanced view";
    }
}
