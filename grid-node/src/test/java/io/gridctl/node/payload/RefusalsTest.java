package io.gridctl.node.payload;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gridctl.NotShippableException;
import io.gridctl.function.RemoteCallable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Scanner;
import java.util.Timer;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What belongs to one process is refused with the way to it and with what to do. */
class RefusalsTest {
    private static final PayloadCodec CODEC = new PayloadCodec();

    private static final String THREAD = "A thread belongs to this process; start it inside the task instead.";
    private static final String SOCKET = "A socket belongs to this process; open it inside the task instead.";
    private static final String CHANNEL = "A channel belongs to this process; open it inside the task instead.";
    private static final String OPEN_STREAM =
            "An open stream belongs to this process; open it inside the task, or send its content.";
    private static final String STREAM = "A stream can be read only where it was made; collect it into a list first.";
    private static final String LOCK =
            "A lock has no meaning in another process; make the field transient, or create it inside the task.";
    private static final String EXECUTOR =
            "An executor's threads belong to this process; create it inside the task instead.";
    private static final String LOADER =
            "A class loader belongs to this process; the classes that the function uses travel by themselves.";
    private static final String FUTURE = "A future is completed in this process; send its value instead.";

    private static final class OwnLock extends AbstractQueuedSynchronizer {
        private static final long serialVersionUID = 1L;
    }

    private static final class OwnThread extends Thread {}

    private static final class OwnStream extends InputStream {
        @Override
        public int read() {
            return -1;
        }
    }

    static Stream<Arguments> refused() throws Exception {
        Executor direct = Runnable::run;
        ClassLoader loader = RefusalsTest.class.getClassLoader();
        return Stream.of(
                Arguments.of(Thread.currentThread(), THREAD),
                Arguments.of(new OwnThread(), THREAD),
                Arguments.of(Thread.currentThread().getThreadGroup(), THREAD),
                Arguments.of(new Socket(), SOCKET),
                Arguments.of(new ServerSocket(), SOCKET),
                Arguments.of(new DatagramSocket(null), SOCKET),
                Arguments.of(closed(SocketChannel.open()), CHANNEL),
                Arguments.of(closed(Pipe.open().sink()), CHANNEL),
                Arguments.of(
                        closed(Selector.open()),
                        "A selector belongs to this process; open it inside the task instead."),
                Arguments.of(new ByteArrayInputStream(new byte[0]), OPEN_STREAM),
                Arguments.of(new ByteArrayOutputStream(), OPEN_STREAM),
                Arguments.of(new OwnStream(), OPEN_STREAM),
                Arguments.of(new StringReader(""), OPEN_STREAM),
                Arguments.of(new StringWriter(), OPEN_STREAM),
                Arguments.of(System.out, OPEN_STREAM),
                Arguments.of(new Scanner(""), OPEN_STREAM),
                Arguments.of(Stream.of(1), STREAM),
                Arguments.of(IntStream.range(0, 3), STREAM),
                Arguments.of(new ReentrantLock(), LOCK),
                Arguments.of(new ReentrantLock().newCondition(), LOCK),
                Arguments.of(new ReentrantReadWriteLock(), LOCK),
                Arguments.of(new StampedLock(), LOCK),
                Arguments.of(new OwnLock(), LOCK),
                Arguments.of(new Semaphore(1), LOCK),
                Arguments.of(new CountDownLatch(1), LOCK),
                Arguments.of(new CyclicBarrier(1), LOCK),
                Arguments.of(new Phaser(), LOCK),
                Arguments.of(new Exchanger<String>(), LOCK),
                Arguments.of(loader, LOADER),
                Arguments.of(ForkJoinPool.commonPool(), EXECUTOR),
                Arguments.of(Executors.newSingleThreadExecutor(), EXECUTOR),
                Arguments.of(direct, EXECUTOR),
                Arguments.of(new Timer(true), EXECUTOR),
                Arguments.of(new CompletableFuture<String>(), FUTURE),
                Arguments.of(new FutureTask<>(() -> 1), FUTURE),
                Arguments.of(
                        HttpClient.newHttpClient(),
                        "An HTTP client's connections belong to this process; open it inside the task instead."),
                Arguments.of(
                        ThreadLocal.withInitial(() -> 1),
                        "A thread-local belongs to this process's threads; make it static, or create it inside the"
                                + " task."));
    }

    private static <T extends AutoCloseable> T closed(T resource) throws Exception {
        resource.close();
        return resource;
    }

    private static String typed(Object value) {
        return "("
                + (value.getClass().isHidden() ? "a function" : value.getClass().getTypeName()) + ")";
    }

    private record Holder(Object part) {}

    @ParameterizedTest
    @MethodSource("refused")
    void aCaptureIsRefusedWithTheWayToIt(Object value, String advice) {
        Holder holder = new Holder(value);
        RemoteCallable<String> function = () -> holder.part().toString();

        assertThatThrownBy(() -> CODEC.encode("function", function, type -> {}))
                .isInstanceOf(NotShippableException.class)
                .hasMessageMatching("cannot send the function: lambda at RefusalsTest\\.java:\\d+ → holder .*")
                .hasMessageContaining(" → part " + typed(value) + ". ")
                .hasMessageEndingWith(advice);
    }

    private final Thread worker = new OwnThread();
    private final String name = "any";

    @Test
    void aFieldOfThisIsNamedEvenIfTheFunctionUsesAnotherOne() {
        RemoteCallable<String> function = () -> name;

        assertThatThrownBy(() -> CODEC.encode("function", function, type -> {}))
                .isInstanceOf(NotShippableException.class)
                .hasMessageContaining("→ this (" + RefusalsTest.class.getName() + ") → worker ("
                        + worker.getClass().getName() + "). " + THREAD);
    }

    private record Hidden(String place, Object value, String rest) {}

    static Stream<Hidden> behindWhatTheJdkShows() {
        Comparator<String> byLength = (a, b) -> a.length() - b.length();
        String comparator = "A function typed java.util.Comparator is not serializable;";
        InvocationHandler handler = (proxy, method, arguments) -> null;
        return Stream.of(
                new Hidden("(java.util.TreeMap) → comparator (a function). ", new TreeMap<>(byLength), comparator),
                new Hidden("(java.util.TreeSet) → comparator (a function). ", new TreeSet<>(byLength), comparator),
                new Hidden(
                        "(java.util.PriorityQueue) → comparator (a function). ",
                        new PriorityQueue<>(byLength),
                        comparator),
                new Hidden(
                        "(a function) → … (a function). ",
                        Comparator.comparing(String::length),
                        "A function typed java.util.function.Function is not serializable;"),
                new Hidden(
                        ") → … (a function). ",
                        Proxy.newProxyInstance(
                                RefusalsTest.class.getClassLoader(), new Class<?>[] {Comparable.class}, handler),
                        "A function typed java.lang.reflect.InvocationHandler is not serializable;"));
    }

    @ParameterizedTest
    @MethodSource("behindWhatTheJdkShows")
    void theWayLeadsAsFarAsTheJdkShowsIt(Hidden hidden) {
        Holder holder = new Holder(List.of("any", hidden.value()));
        RemoteCallable<String> function = () -> holder.part().toString();

        assertThatThrownBy(() -> CODEC.encode("function", function, type -> {}))
                .isInstanceOf(NotShippableException.class)
                .hasMessageMatching("cannot send the function: lambda at RefusalsTest\\.java:\\d+ → holder .*")
                .hasMessageContaining(" → [1] ")
                .hasMessageContaining(hidden.place() + hidden.rest());
    }
}
