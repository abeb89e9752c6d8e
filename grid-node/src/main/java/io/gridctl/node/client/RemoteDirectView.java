package io.gridctl.node.client;

import io.gridctl.AsyncResult;
import io.gridctl.DirectView;
import io.gridctl.Distribution;
import io.gridctl.EngineSelector;
import io.gridctl.MapResult;
import io.gridctl.NamedValue;
import io.gridctl.Namespace;
import io.gridctl.Reference;
import io.gridctl.Source;
import io.gridctl.TextReply;
import io.gridctl.function.RemoteBiFunction;
import io.gridctl.function.RemoteCallable;
import io.gridctl.function.RemoteConsumer;
import io.gridctl.function.RemoteDoubleUnaryOperator;
import io.gridctl.function.RemoteFunction;
import io.gridctl.function.RemoteIntUnaryOperator;
import io.gridctl.function.RemoteLongUnaryOperator;
import io.gridctl.function.RemoteRunnable;
import io.gridctl.node.client.Calls.Invocation;
import io.gridctl.node.task.CallShape;
import io.gridctl.node.task.DeskCall;
import io.gridctl.node.task.NamesCall;
import io.gridctl.node.task.NamesReply;
import io.gridctl.node.task.RemoveCall;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Engines by number: one part per engine that the selector picks when the call begins. */
final class RemoteDirectView implements DirectView {
    private final Calls calls;
    private final ScatterCalls scatters;
    private final PipelineCalls pipelines;
    private final Targets targets;
    private final EngineSelector selector;

    RemoteDirectView(
            Calls calls, ScatterCalls scatters, PipelineCalls pipelines, Targets targets, EngineSelector selector) {
        this.pipelines = pipelines;
        this.calls = calls;
        this.scatters = scatters;
        this.targets = targets;
        this.selector = selector;
    }

    @Override
    public List<Integer> ids() {
        return targets.present(selector).stream().map(EngineLink::engineId).toList();
    }

    @Override
    public Map<Integer, List<NamedValue>> names() throws InterruptedException {
        List<EngineLink> engines = targets.select(selector);
        ListResult<NamesReply> asked =
                calls.ask(engines, ListResult<NamesReply>::new, (link, index) -> link.ask(new NamesCall()));
        Map<Integer, List<NamedValue>> names = new LinkedHashMap<>();
        List<NamesReply> replies = asked.await();
        for (int index = 0; index < engines.size(); index++) {
            names.put(engines.get(index).engineId(), replies.get(index).names());
        }
        return names;
    }

    @Override
    public <R extends @Nullable Object> List<R> apply(RemoteCallable<R> code) throws InterruptedException {
        return this.<R>applyAsync(code).await();
    }

    @Override
    public <R extends @Nullable Object> List<R> apply(RemoteFunction<? super Namespace, R> code)
            throws InterruptedException {
        return this.<R>applyAsync(code).await();
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> List<R> apply(
            RemoteFunction<? super A, R> code, A argument) throws InterruptedException {
        return this.<A, R>applyAsync(code, argument).await();
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> List<R> apply(
            RemoteBiFunction<? super Namespace, ? super A, R> code, A argument) throws InterruptedException {
        return this.<A, R>applyAsync(code, argument).await();
    }

    @Override
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> List<R> apply(
            RemoteBiFunction<? super A, ? super B, R> code, A first, B second) throws InterruptedException {
        return this.<A, B, R>applyAsync(code, first, second).await();
    }

    @Override
    public <R extends @Nullable Object> MapResult<R> applyAsync(RemoteCallable<R> code) {
        return call(Invocation.of(CallShape.CALLABLE, code));
    }

    @Override
    public <R extends @Nullable Object> MapResult<R> applyAsync(RemoteFunction<? super Namespace, R> code) {
        return call(Invocation.of(CallShape.NAMESPACE_FUNCTION, code));
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> MapResult<R> applyAsync(
            RemoteFunction<? super A, R> code, A argument) {
        return call(Invocation.of(CallShape.FUNCTION, code, argument));
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> MapResult<R> applyAsync(
            RemoteBiFunction<? super Namespace, ? super A, R> code, A argument) {
        return call(Invocation.of(CallShape.NAMESPACE_BIFUNCTION, code, argument));
    }

    @Override
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> MapResult<R> applyAsync(
            RemoteBiFunction<? super A, ? super B, R> code, A first, B second) {
        return call(Invocation.of(CallShape.BIFUNCTION, code, new Object[] {first, second}));
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> MapResult<R> applyAsync(
            RemoteFunction<? super A, R> code, Reference<? extends A> argument, Void... none) {
        return call(Invocation.of(CallShape.FUNCTION, code, Objects.requireNonNull(argument, "argument")));
    }

    @Override
    public <R extends @Nullable Object> MapResult<R> applyAsync(Reference<?> function, @Nullable Object... arguments) {
        return call(Invocation.of(function, arguments));
    }

    @Override
    public void run(RemoteRunnable code) throws InterruptedException {
        runAsync(code).await();
    }

    @Override
    public void run(RemoteConsumer<? super Namespace> code) throws InterruptedException {
        runAsync(code).await();
    }

    @Override
    public AsyncResult<@Nullable Void> runAsync(RemoteRunnable code) {
        return effect(Invocation.of(CallShape.RUNNABLE, code));
    }

    @Override
    public AsyncResult<@Nullable Void> runAsync(RemoteConsumer<? super Namespace> code) {
        return effect(Invocation.of(CallShape.NAMESPACE_CONSUMER, code));
    }

    @Override
    public List<TextReply> execute(String text) throws InterruptedException {
        return executeAsync(text).await();
    }

    @Override
    public MapResult<TextReply> executeAsync(String text) {
        return call(Text.of(text));
    }

    @Override
    public List<TextReply> run(Path file) throws InterruptedException {
        return runAsync(file).await();
    }

    @Override
    public MapResult<TextReply> runAsync(Path file) {
        return call(Text.of(file));
    }

    @Override
    public <R extends @Nullable Object> List<R> evaluate(String text) throws InterruptedException {
        return this.<R>evaluateAsync(text).await();
    }

    @Override
    public <R extends @Nullable Object> MapResult<R> evaluateAsync(String text) {
        return calls.run(targets.select(selector), Text.of(text), CallShape.TEXT_VALUE, ListResult<R>::new);
    }

    @Override
    public void push(String name, @Nullable Object value) throws InterruptedException {
        calls.push(targets.select(selector), named(name, value), true, EffectResult::new)
                .await();
    }

    @Override
    public void push(Map<String, ? extends @Nullable Object> values) throws InterruptedException {
        Objects.requireNonNull(values, "values");
        List<EngineLink> links = targets.select(selector);
        if (!values.isEmpty()) {
            calls.push(links, new HashMap<>(values), true, EffectResult::new).await();
        }
    }

    @Override
    public AsyncResult<@Nullable Void> pushAsync(String name, @Nullable Object value) {
        return calls.push(targets.select(selector), named(name, value), false, EffectResult::new);
    }

    private static Map<String, @Nullable Object> named(String name, @Nullable Object value) {
        Map<String, @Nullable Object> one = new HashMap<>();
        one.put(Objects.requireNonNull(name, "name"), value);
        return one;
    }

    @Override
    public <T extends @Nullable Object> List<T> pull(String name) throws InterruptedException {
        return this.<T>pullAsync(name).await();
    }

    @Override
    public <T extends @Nullable Object> MapResult<T> pullAsync(String name) {
        return calls.pull(targets.select(selector), Objects.requireNonNull(name, "name"), ListResult<T>::new);
    }

    @Override
    public void scatter(String name, Object data) throws InterruptedException {
        scatter(name, data, Distribution.BLOCK);
    }

    @Override
    public void scatter(String name, Object data, Distribution distribution) throws InterruptedException {
        scatter(name, data, distribution, true).await();
    }

    @Override
    public AsyncResult<@Nullable Void> scatterAsync(String name, Object data) {
        return scatterAsync(name, data, Distribution.BLOCK);
    }

    @Override
    public AsyncResult<@Nullable Void> scatterAsync(String name, Object data, Distribution distribution) {
        return scatter(name, data, distribution, false);
    }

    private ScatterResult scatter(String name, Object data, Distribution distribution, boolean lasts) {
        return scatters.scatter(
                targets.select(selector),
                Objects.requireNonNull(name, "name"),
                Objects.requireNonNull(data, "data"),
                Objects.requireNonNull(distribution, "distribution"),
                lasts);
    }

    @Override
    public <T> T gather(String name) throws InterruptedException {
        return this.<T>gatherAsync(name).await();
    }

    @Override
    public <T> T gather(String name, Class<T> type) throws InterruptedException {
        return gatherAsync(name, type).await();
    }

    @Override
    public <T> AsyncResult<T> gatherAsync(String name) {
        return scatters.gather(ids(), Objects.requireNonNull(name, "name"), null);
    }

    @Override
    public <T> AsyncResult<T> gatherAsync(String name, Class<T> type) {
        return scatters.gather(ids(), Objects.requireNonNull(name, "name"), Objects.requireNonNull(type, "type"));
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
            RemoteFunction<? super A, R> code, Collection<? extends A> items) throws InterruptedException {
        return this.<A, R>mapAsync(code, items).await();
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> MapResult<R> mapAsync(
            RemoteFunction<? super A, R> code, Collection<? extends A> items) {
        return calls.map(
                targets.select(selector),
                CallShape.FUNCTION,
                Objects.requireNonNull(code, "code"),
                Objects.requireNonNull(items, "items"));
    }

    @Override
    public <R extends @Nullable Object> MapResult<R> mapAsync(Reference<?> function, Collection<?> items) {
        return calls.map(
                targets.select(selector),
                CallShape.FUNCTION,
                Objects.requireNonNull(function, "function"),
                Objects.requireNonNull(items, "items"));
    }

    @Override
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> List<R> map(
            RemoteBiFunction<? super A, ? super B, R> code,
            Collection<? extends A> first,
            Collection<? extends B> second)
            throws InterruptedException {
        return this.<A, B, R>mapAsync(code, first, second).await();
    }

    @Override
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> MapResult<R> mapAsync(
            RemoteBiFunction<? super A, ? super B, R> code,
            Collection<? extends A> first,
            Collection<? extends B> second) {
        return calls.map(
                targets.select(selector),
                CallShape.BIFUNCTION,
                Objects.requireNonNull(code, "code"),
                InStep.of(Objects.requireNonNull(first, "first"), Objects.requireNonNull(second, "second")));
    }

    @Override
    public int[] map(RemoteIntUnaryOperator code, int[] data) throws InterruptedException {
        return this.<int[]>mapArray(code, data, true).await();
    }

    @Override
    public AsyncResult<int[]> mapAsync(RemoteIntUnaryOperator code, int[] data) {
        return mapArray(code, data, false);
    }

    @Override
    public long[] map(RemoteLongUnaryOperator code, long[] data) throws InterruptedException {
        return this.<long[]>mapArray(code, data, true).await();
    }

    @Override
    public AsyncResult<long[]> mapAsync(RemoteLongUnaryOperator code, long[] data) {
        return mapArray(code, data, false);
    }

    @Override
    public double[] map(RemoteDoubleUnaryOperator code, double[] data) throws InterruptedException {
        return this.<double[]>mapArray(code, data, true).await();
    }

    @Override
    public AsyncResult<double[]> mapAsync(RemoteDoubleUnaryOperator code, double[] data) {
        return mapArray(code, data, false);
    }

    private <T> AsyncResult<T> mapArray(Object code, T data, boolean lasts) {
        return scatters.mapArray(
                targets.select(selector),
                Objects.requireNonNull(code, "code"),
                Objects.requireNonNull(data, "data"),
                lasts);
    }

    @Override
    public <P, R extends @Nullable Object> List<R> parallel(RemoteFunction<? super P, R> code, P data)
            throws InterruptedException {
        return this.<P, R>parallelAsync(code, data).await();
    }

    @Override
    public <P, R extends @Nullable Object> MapResult<R> parallelAsync(RemoteFunction<? super P, R> code, P data) {
        return scatters.parallel(
                targets.select(selector), Objects.requireNonNull(code, "code"), Objects.requireNonNull(data, "data"));
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> void mapOver(
            String name, RemoteFunction<? super A, R> code, String into) throws InterruptedException {
        mapOverAsync(name, code, into).await();
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> AsyncResult<@Nullable Void> mapOverAsync(
            String name, RemoteFunction<? super A, R> code, String into) {
        return scatters.mapOver(
                ids(),
                Objects.requireNonNull(name, "name"),
                Objects.requireNonNull(code, "code"),
                Objects.requireNonNull(into, "into"));
    }

    @Override
    public <T> Optional<T> reduce(String name, RemoteBiFunction<T, T, ? extends T> operator)
            throws InterruptedException {
        return reduceAsync(name, operator).await();
    }

    @Override
    public <T> AsyncResult<Optional<T>> reduceAsync(String name, RemoteBiFunction<T, T, ? extends T> operator) {
        return scatters.reduce(
                ids(), Objects.requireNonNull(name, "name"), Objects.requireNonNull(operator, "operator"));
    }

    @Override
    public List<Long> scatterFrom(String name, Source source) throws InterruptedException {
        return scatterFromAsync(name, source).await();
    }

    @Override
    public AsyncResult<List<Long>> scatterFromAsync(String name, Source source) {
        return pipelines.scatterFrom(
                targets.select(selector),
                Objects.requireNonNull(name, "name"),
                Objects.requireNonNull(source, "source"));
    }

    @Override
    public long gatherInto(String name, String map) throws InterruptedException {
        return gatherIntoAsync(name, map).await();
    }

    @Override
    public AsyncResult<Long> gatherIntoAsync(String name, String map) {
        return pipelines.gatherInto(
                targets.select(selector), Objects.requireNonNull(name, "name"), Objects.requireNonNull(map, "map"));
    }

    @Override
    public void remove(String... names) throws InterruptedException {
        Objects.requireNonNull(names, "names");
        targets.select(selector);
        if (names.length > 0) {
            ask(new RemoveCall(List.of(names))).await();
        }
    }

    @Override
    public void clear() throws InterruptedException {
        ask(new RemoveCall(List.of())).await();
    }

    private AsyncResult<@Nullable Void> ask(DeskCall question) {
        return calls.ask(
                targets.select(selector), EffectResult::new, (link, index) -> link.inOrder(() -> link.ask(question)));
    }

    private <R extends @Nullable Object> ListResult<R> call(Invocation call) {
        return calls.apply(targets.select(selector), call, ListResult<R>::new);
    }

    private MapResult<TextReply> call(Text text) {
        return calls.run(targets.select(selector), text, CallShape.TEXT, ListResult.OfTexts::new);
    }

    private AsyncResult<@Nullable Void> effect(Invocation call) {
        return calls.apply(targets.select(selector), call, EffectResult::new);
    }

    @Override
    public String toString() {
        return targets.describe(selector);
    }
}
