package io.gridctl.node.code;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gridctl.NotShippableException;
import io.gridctl.node.payload.PayloadCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be shipped, and what is said of it. */
class RefusedShipmentsTest {
    @TempDir
    Path folder;

    private final ClientProgram client = new ClientProgram(new PayloadCodec());

    private static final String REFUSED = """
            import io.gridctl.function.RemoteFunction;
            import java.net.Socket;
            import java.util.*;
            import java.util.function.Function;
            public class Job {
                private final Socket connection = new Socket();
                private final int base = 1;
                public static Object ofThis() { return new Job().make(); }
                private Object make() {
                    RemoteFunction<Integer, Integer> f = x -> x + base;
                    return f;
                }
                public static Object ofLocal() {
                    Map<String, Thread> workers = Map.of("a", Thread.currentThread());
                    RemoteFunction<Integer, Integer> f = x -> workers.size();
                    return f;
                }
                public static Object ofReceiver() {
                    RemoteFunction<Integer, Integer> f = new Job()::plus;
                    return f;
                }
                private int plus(int x) { return x + base; }
                public static Object plain() {
                    Function<Integer, Integer> f = x -> x;
                    return f;
                }
                private transient Object skipped = Thread.currentThread();
            }
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ofThis | cannot send the function: lambda at Job.java:10 → this (Job) → connection (java.net.Socket)."
                        + " A socket belongs to this process; open it inside the task instead.",
                "ofReceiver | cannot send the function: method reference Job::plus → receiver (Job) → connection"
                        + " (java.net.Socket). A socket belongs to this process; open it inside the task instead.",
                "ofLocal | cannot send the function: lambda at Job.java:15 → workers (java.util.ImmutableCollections$Map1)"
                        + " → [\"a\"] (java.lang.Thread). A thread belongs to this process; start it inside the task"
                        + " instead."
            })
    void aRefusedCaptureIsNamedWithItsPath(String method, String message) throws Exception {
        Object function = UserCode.call(UserCode.compile(folder, REFUSED), "Job", method);

        assertThatThrownBy(() -> client.ship("function", function))
                .isInstanceOf(NotShippableException.class)
                .hasMessage(message);
    }

    @Test
    void aClassWhoseBytesCannotBeReadIsRefused() throws Exception {
        DemoProgram.compile(folder);
        byte[] bytes = Files.readAllBytes(folder.resolve("classes/demo/Point.class"));
        ClassLoader memory = new ClassLoader(null) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (!name.equals("demo.Point")) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
        Object point = memory.loadClass("demo.Point")
                .getConstructor(int.class, int.class)
                .newInstance(1, 2);

        assertThatThrownBy(() -> client.ship("value", point))
                .isInstanceOf(NotShippableException.class)
                .hasMessageContaining("demo.Point was made at run time");
    }

    @Test
    void aFunctionWithoutASerializableTypeGetsAdvice() throws Exception {
        Object function = UserCode.call(UserCode.compile(folder, REFUSED), "Job", "plain");

        assertThatThrownBy(() -> client.ship("function", function))
                .isInstanceOf(NotShippableException.class)
                .hasMessage(
                        "cannot send the function: A function typed java.util.function.Function is not serializable;"
                                + " use a type of io.gridctl.function such as RemoteFunction, or add \"& Serializable\" to the"
                                + " type.");
    }
}
