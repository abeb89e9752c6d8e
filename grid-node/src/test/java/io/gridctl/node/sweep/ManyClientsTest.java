package io.gridctl.node.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import io.gridctl.Engine;
import io.gridctl.Grid;
import io.gridctl.function.RemoteCallable;
import io.gridctl.node.code.UserCode;
import io.gridctl.node.engine.EngineInspection;
import io.gridctl.node.task.GridObjects;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that come with a program of their own, use an engine and leave. Some dozens of them here; {@code mvn verify
 * -Plong} sends ten thousand.
 */
@Timeout(1_800) // in its long form
class ManyClientsTest {
    private static final int CLIENTS = Integer.getInteger("gridctl.test.clients", 30);
    private static final int WARM = 10;
    private static final Duration AGE = Duration.ofMinutes(1);

    /** Classes of programs that were not unloaded would be more. */
    private static final int FEW_CLASSES = 400;

    /** What the JVM's own tables may grow by, whatever the number of clients. */
    private static final long FEW_BYTES = 8L << 20;

    /** How many are there at once. */
    private static final int AT_ONCE = 4;

    /** Where the engine, in this process, leaves a program's loader; with the client's number, known without us. */
    private static final String LOADER = "gridctl.test.loader.";

    private static final String PROGRAM = """
            package demo;
            import io.gridctl.function.RemoteCallable;
            public class Main {
                record Value(int x, String text) {}
                static class Helper { int twice(int x) { return 2 * x; } }
                public static int number;
                public static Object value() { return new Value(1, "one"); }
                public static Object function() {
                    Value captured = new Value(20, "captured");
                    String name = "gridctl.test.loader." + number;
                    RemoteCallable<Integer> f = () -> {
                        System.getProperties().put(name, Main.class.getClassLoader());
                        return new Helper().twice(captured.x()) + 2;
                    };
                    return f;
                }
            }
            """;

    @TempDir
    Path folder;

    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
    private final Set<PhantomReference<Object>> loaders = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void leaveNothingBehind() throws Exception {
        UserCode.compile(folder, PROGRAM);
        try (ShippingGrid nodes = new ShippingGrid(1)) {
            comeAndGo(nodes, 0, WARM);
            awaitCollected();
            long classes = loadedClasses();
            long metaspace = metaspaceBytes();
            int files = temporaryFiles();

            comeAndGo(nodes, WARM, WARM + CLIENTS);

            awaitCollected();
            await().untilAsserted(() -> {
                assertThat(EngineInspection.programs(nodes.desk(0))).isZero();
                assertThat(EngineInspection.clients(nodes.desk(0))).isZero();
            });
            long moreClasses = loadedClasses() - classes;
            long moreMetaspace = metaspaceBytes() - metaspace;
            int moreFiles = temporaryFiles() - files;
            System.out.printf(
                    "left behind by %,d clients: %d classes, %,d bytes of metaspace, %d temporary files%n",
                    CLIENTS, moreClasses, moreMetaspace, moreFiles);
            assertThat(moreClasses).isLessThan(FEW_CLASSES);
            assertThat(moreMetaspace).isLessThan(FEW_BYTES);
            assertThat(moreFiles).isZero();
            assertThat(entriesAfterASweep(nodes)).isEmpty();
        }
    }

    private void comeAndGo(ShippingGrid nodes, int from, int to) throws Exception {
        List<Callable<Object>> clients = new ArrayList<>();
        for (int client = from; client < to; client++) {
            int number = client;
            clients.add(() -> {
                comeAndGo(nodes, number);
                return number;
            });
        }
        for (Future<Object> client : threads.invokeAll(clients)) {
            client.get();
        }
    }

    /** One that leaves a value behind, as it may, does so under the one name that the next one overwrites. */
    private void comeAndGo(ShippingGrid nodes, int number) throws Exception {
        ClassLoader program = UserCode.loader(folder.resolve("classes"));
        program.loadClass("demo.Main").getField("number").setInt(null, number);
        try (Grid grid = nodes.connect()) {
            Engine engine = grid.engine(0);
            engine.push("value", UserCode.call(program, "demo.Main", "value"));
            assertThat(engine.apply((RemoteCallable<?>) UserCode.call(program, "demo.Main", "function")))
                    .isEqualTo(42);
            if (number % 2 == 0) {
                engine.remove("value");
            }
        }
        Object loader = Objects.requireNonNull(System.getProperties().remove(LOADER + number));
        assertThat(loader.getClass().getSimpleName()).isEqualTo("ProgramLoader");
        loaders.add(new PhantomReference<>(loader, collected));
    }

    private void awaitCollected() {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            System.gc();
            while (collected.poll() instanceof PhantomReference<?> one) {
                loaders.remove(one);
            }
            return loaders.isEmpty();
        });
    }

    private static long loadedClasses() {
        return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
    }

    private static long metaspaceBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .mapToLong(pool -> pool.getUsage().getUsed())
                .sum();
    }

    private static int temporaryFiles() {
        String[] files = new File(System.getProperty("java.io.tmpdir")).list();
        return files == null
                ? 0
                : (int) Arrays.stream(files)
                        .filter(name -> name.contains("grid"))
                        .count();
    }

    /** What the maps hold, other than the engines' records. */
    private static Map<String, Integer> entriesAfterASweep(ShippingGrid nodes) throws InterruptedException {
        try (Grid grid = nodes.connect()) {
            grid.engine(0).clear();
        }
        await().until(() ->
                nodes.member().getClientService().getConnectedClients().isEmpty());
        AtomicLong clock = new AtomicLong();
        Sweep sweep = new Sweep(nodes.member(), AGE, clock::get);
        sweep.run();
        clock.addAndGet(AGE.toNanos());
        sweep.run();
        return nodes.member().getDistributedObjects().stream()
                .filter(IMap.class::isInstance)
                .filter(map -> !map.getName().equals(GridObjects.ENGINES))
                .map(map -> (IMap<?, ?>) map)
                .filter(map -> !map.isEmpty())
                .collect(Collectors.toMap(IMap::getName, IMap::size));
    }
}
