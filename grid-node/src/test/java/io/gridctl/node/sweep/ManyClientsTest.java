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
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that come with a program of their own, use an engine and leave. Some dozens of them here; {@code mvn verify
 * -Plong} sends ten thousand.
 */
class ManyClientsTest {
    private static final int CLIENTS = Integer.getInteger("gridctl.test.clients", 30);
    private static final int WARM = 10;
    private static final Duration AGE = Duration.ofMinutes(1);

    /** Classes of programs that were not unloaded would be more. */
    private static final int FEW_CLASSES = 400;

    /** What the JVM's own tables may grow by, whatever the number of clients. */
    private static final long FEW_BYTES = 8L << 20;

    /** Where the engine, in this process, leaves its program's loader; under a name that programs know without us. */
    private static final String LOADER = "gridctl.test.loader";

    private static final String PROGRAM = """
            package demo;
            import io.gridctl.function.RemoteCallable;
            public class Main {
                record Value(int x, String text) {}
                static class Helper { int twice(int x) { return 2 * x; } }
                public static Object value() { return new Value(1, "one"); }
                public static Object function() {
                    Value captured = new Value(20, "captured");
                    RemoteCallable<Integer> f = () -> {
                        System.getProperties().put("gridctl.test.loader", Main.class.getClassLoader());
                        return new Helper().twice(captured.x()) + 2;
                    };
                    return f;
                }
            }
            """;

    @TempDir
    Path folder;

    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
    private final Set<PhantomReference<Object>> loaders = new HashSet<>();

    @Test
    void leaveNothingBehind() throws Exception {
        UserCode.compile(folder, PROGRAM);
        try (ShippingGrid nodes = new ShippingGrid(1)) {
            for (int client = 0; client < WARM; client++) {
                comeAndGo(nodes, client % 2 == 0);
            }
            awaitCollected();
            long classes = loadedClasses();
            long metaspace = metaspaceBytes();
            int files = temporaryFiles();

            for (int client = 0; client < CLIENTS; client++) {
                comeAndGo(nodes, client % 2 == 0);
            }

            awaitCollected();
            await().untilAsserted(() -> {
                assertThat(EngineInspection.programs(nodes.desk(0))).isZero();
                assertThat(EngineInspection.clients(nodes.desk(0))).isZero();
            });
            assertThat(loadedClasses() - classes).isLessThan(FEW_CLASSES);
            assertThat(metaspaceBytes() - metaspace).isLessThan(FEW_BYTES);
            assertThat(temporaryFiles()).isEqualTo(files);
            assertThat(entriesAfterASweep(nodes)).isZero();
        }
    }

    /** One that leaves a value behind, as it may, does so under the one name that the next one overwrites. */
    private void comeAndGo(ShippingGrid nodes, boolean cleansUp) throws Exception {
        ClassLoader program = UserCode.loader(folder.resolve("classes"));
        try (Grid grid = nodes.connect()) {
            Engine engine = grid.engine(0);
            engine.push("value", UserCode.call(program, "demo.Main", "value"));
            assertThat(engine.apply((RemoteCallable<?>) UserCode.call(program, "demo.Main", "function")))
                    .isEqualTo(42);
            if (cleansUp) {
                engine.remove("value");
            }
        }
        Object loader = Objects.requireNonNull(System.getProperties().remove(LOADER));
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

    private static int entriesAfterASweep(ShippingGrid nodes) throws InterruptedException {
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
        IMap<String, byte[]> code = nodes.member().getMap(GridObjects.CODE);
        return code.size();
    }
}
