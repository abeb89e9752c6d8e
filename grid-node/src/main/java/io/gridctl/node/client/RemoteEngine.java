package io.gridctl.node.client;

import io.gridctl.AsyncResult;
import io.gridctl.Engine;
import io.gridctl.EngineInfo;
import io.gridctl.EngineStatus;
import io.gridctl.NamedValue;
import io.gridctl.Namespace;
import io.gridctl.Reference;
import io.gridctl.TextReply;
import io.gridctl.function.RemoteBiFunction;
import io.gridctl.function.RemoteCallable;
import io.gridctl.function.RemoteConsumer;
import io.gridctl.function.RemoteFunction;
import io.gridctl.function.RemoteRunnable;
import io.gridctl.node.client.Calls.Invocation;
import io.gridctl.node.task.CallShape;
import io.gridctl.node.task.DeskCall;
import io.gridctl.node.task.NamesCall;
import io.gridctl.node.task.NamesReply;
import io.gridctl.node.task.RemoveCall;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One engine: calls with one part. */
final class RemoteEngine implements Engine {
    private final Calls calls;
    private final Targets targets;
    private final StatusDesk statusDesk;
    private final int id;

    RemoteEngine(Calls calls, Targets targets, StatusDesk statusDesk, int id) {
        this.calls = calls;
        this.targets = targets;
        this.statusDesk = statusDesk;
        this.id = id;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public EngineInfo info() {
        return targets.one(id).engine().info();
    }

    @Override
    public EngineStatus status() throws InterruptedException {
        return statusDesk.status(targets.one(id));
    }

    @Override
    public List<NamedValue> names() throws InterruptedException {
        return calls.ask(
                        List.of(targets.one(id)),
                        SingleResult<NamesReply>::new,
                        (link, index) -> link.ask(new NamesCall()))
                .await()
                .names();
    }

    @Override
    public <R extends @Nullable Object> R apply(RemoteCallable<R> code) throws InterruptedException {
        return this.<R>applyAsync(code).await();
    }

    @Override
    public <R extends @Nullable Object> R apply(RemoteFunction<? super Namespace, R> code) throws InterruptedException {
        return this.<R>applyAsync(code).await();
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> R apply(
            RemoteFunction<? super A, R> code, A argument) throws InterruptedException {
        return this.<A, R>applyAsync(code, argument).await();
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> R apply(
            RemoteBiFunction<? super Namespace, ? super A, R> code, A argument) throws InterruptedException {
        return this.<A, R>applyAsync(code, argument).await();
    }

    @Override
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> R apply(
            RemoteBiFunction<? super A, ? super B, R> code, A first, B second) throws InterruptedException {
        return this.<A, B, R>applyAsync(code, first, second).await();
    }

    @Override
    public <R extends @Nullable Object> AsyncResult<R> applyAsync(RemoteCallable<R> code) {
        return call(Invocation.of(CallShape.CALLABLE, code));
    }

    @Override
    public <R extends @Nullable Object> AsyncResult<R> applyAsync(RemoteFunction<? super Namespace, R> code) {
        return call(Invocation.of(CallShape.NAMESPACE_FUNCTION, code));
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> AsyncResult<R> applyAsync(
            RemoteFunction<? super A, R> code, A argument) {
        return call(Invocation.of(CallShape.FUNCTION, code, argument));
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> AsyncResult<R> applyAsync(
            RemoteBiFunction<? super Namespace, ? super A, R> code, A argument) {
        return call(Invocation.of(CallShape.NAMESPACE_BIFUNCTION, code, argument));
    }

    @Override
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
            AsyncResult<R> applyAsync(RemoteBiFunction<? super A, ? super B, R> code, A first, B second) {
        return call(Invocation.of(CallShape.BIFUNCTION, code, new Object[] {first, second}));
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> AsyncResult<R> applyAsync(
            RemoteFunction<? super A, R> code, Reference<? extends A> argument, Void... none) {
        return call(Invocation.of(CallShape.FUNCTION, code, Objects.requireNonNull(argument, "argument")));
    }

    @Override
    public <R extends @Nullable Object> AsyncResult<R> applyAsync(
            Reference<?> function, @Nullable Object... arguments) {
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
    public TextReply execute(String text) throws InterruptedException {
        return executeAsync(text).await();
    }

    @Override
    public AsyncResult<TextReply> executeAsync(String text) {
        return call(Text.of(text));
    }

    @Override
    public TextReply run(Path file) throws InterruptedException {
        return runAsync(file).await();
    }

    @Override
    public AsyncResult<TextReply> runAsync(Path file) {
        return call(Text.of(file));
    }

    @Override
    public <R extends @Nullable Object> R evaluate(String text) throws InterruptedException {
        return this.<R>evaluateAsync(text).await();
    }

    @Override
    public <R extends @Nullable Object> AsyncResult<R> evaluateAsync(String text) {
        return calls.run(List.of(targets.one(id)), Text.of(text), CallShape.TEXT_VALUE, SingleResult<R>::new);
    }

    @Override
    public void push(String name, @Nullable Object value) throws InterruptedException {
        calls.push(List.of(targets.one(id)), named(name, value), true, EffectResult.Single::new)
                .await();
    }

    @Override
    public void push(Map<String, ? extends @Nullable Object> values) throws InterruptedException {
        Objects.requireNonNull(values, "values");
        EngineLink link = targets.one(id);
        if (!values.isEmpty()) {
            calls.push(List.of(link), new HashMap<>(values), true, EffectResult.Single::new)
                    .await();
        }
    }

    @Override
    public AsyncResult<@Nullable Void> pushAsync(String name, @Nullable Object value) {
        return calls.push(List.of(targets.one(id)), named(name, value), false, EffectResult.Single::new);
    }

    private static Map<String, @Nullable Object> named(String name, @Nullable Object value) {
        Map<String, @Nullable Object> one = new HashMap<>();
        one.put(Objects.requireNonNull(name, "name"), value);
        return one;
    }

    @Override
    public <T extends @Nullable Object> T pull(String name) throws InterruptedException {
        return this.<T>pullAsync(name).await();
    }

    @Override
    public <T extends @Nullable Object> AsyncResult<T> pullAsync(String name) {
        return calls.pull(List.of(targets.one(id)), Objects.requireNonNull(name, "name"), SingleResult<T>::new);
    }

    @Override
    public void remove(String... names) throws InterruptedException {
        Objects.requireNonNull(names, "names");
        targets.one(id);
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
                List.of(targets.one(id)),
                EffectResult.Single::new,
                (link, index) -> link.inOrder(() -> link.ask(question)));
    }

    private <R extends @Nullable Object> SingleResult<R> call(Invocation call) {
        return calls.apply(List.of(targets.one(id)), call, SingleResult<R>::new);
    }

    private AsyncResult<TextReply> call(Text text) {
        return calls.run(List.of(targets.one(id)), text, CallShape.TEXT, SingleResult.OfText::new);
    }

    private AsyncResult<@Nullable Void> effect(Invocation call) {
        return calls.apply(List.of(targets.one(id)), call, EffectResult.Single::new);
    }

    @Override
    public String toString() {
        return "engine " + id;
    }
}
