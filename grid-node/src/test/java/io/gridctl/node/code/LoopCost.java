package io.gridctl.node.code;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * What it costs tight loops that they can be ended: each kernel as it is and as an engine loads it, in turn, and the ratio
 * of the least times of the thread on a core. Run by hand, with the class path of the tests:
 *
 * <pre>{@code java -cp … io.gridctl.node.code.LoopCost}</pre>
 */
public final class LoopCost {
    private static final int ROUNDS = 25;
    private static final ThreadMXBean TIMES = ManagementFactory.getThreadMXBean();

    private LoopCost() {}

    /** Numbers from a generator, one after the other. */
    public static final class Counting implements LongSupplier {
        @Override
        public long getAsLong() {
            long x = 1;
            for (int i = 0; i < 20_000_000; i++) {
                x = x * 6364136223846793005L + 1442695040888963407L;
            }
            return x;
        }
    }

    /** A sum over an array, of which the compiler makes vector instructions. */
    public static final class Sum implements LongSupplier {
        private final int[] numbers = new int[1 << 16];

        @Override
        public long getAsLong() {
            long total = 0;
            for (int round = 0; round < 600; round++) {
                int sum = 0;
                for (int number : numbers) {
                    sum += number * 3;
                }
                total += sum;
            }
            return total;
        }
    }

    /** A loop that nobody can tell the length of. */
    public static final class Collatz implements LongSupplier {
        @Override
        public long getAsLong() {
            long steps = 0;
            for (int start = 1; start < 200_000; start++) {
                for (long n = start; n != 1; n = (n & 1) == 0 ? n >> 1 : 3 * n + 1) {
                    steps++;
                }
            }
            return steps;
        }
    }

    /** The kernel of NAS EP. */
    public static final class Pairs implements LongSupplier {
        private static final long MASK = (1L << 46) - 1;
        private static final double UNIT = 1.0 / (1L << 46);

        @Override
        public long getAsLong() {
            long x = 271828183L;
            double sum = 0;
            for (int i = 0; i < 1_000_000; i++) {
                x = x * 1220703125L & MASK;
                double u = 2 * UNIT * x - 1;
                x = x * 1220703125L & MASK;
                double v = 2 * UNIT * x - 1;
                double t = u * u + v * v;
                if (t <= 1) {
                    sum += u * Math.sqrt(-2 * Math.log(t) / t);
                }
            }
            return (long) sum;
        }
    }

    /** Prints a line for each kernel. */
    public static void main(String[] args) throws ReflectiveOperationException, IOException {
        long first = TIMES.getCurrentThreadCpuTime();
        new ProgramLoader("first", null, CodeSource.NONE).endLoops(true);
        System.out.printf(Locale.ROOT, "first use %.1f ms%n", (TIMES.getCurrentThreadCpuTime() - first) / 1e6);
        for (Class<?> kernel : List.of(Counting.class, Sum.class, Collatz.class, Pairs.class)) {
            Map<String, LongSupplier> kinds = new TreeMap<>(
                    Map.of("plain", (LongSupplier) kernel.getConstructor().newInstance(), "woven", woven(kernel)));
            Map<String, Long> least = new TreeMap<>();
            long sink = 0;
            for (int round = 0; round < ROUNDS; round++) {
                for (Map.Entry<String, LongSupplier> kind : kinds.entrySet()) {
                    long start = TIMES.getCurrentThreadCpuTime();
                    sink += kind.getValue().getAsLong();
                    least.merge(kind.getKey(), TIMES.getCurrentThreadCpuTime() - start, Math::min);
                }
            }
            double plain = Objects.requireNonNull(least.get("plain")) / 1e6;
            double woven = Objects.requireNonNull(least.get("woven")) / 1e6;
            System.out.printf(
                    Locale.ROOT,
                    "%-10s plain %.2f ms, woven %.2f ms: %.3f (%d)%n",
                    kernel.getSimpleName(),
                    plain,
                    woven,
                    woven / plain,
                    sink & 1);
        }
    }

    private static LongSupplier woven(Class<?> kernel) throws ReflectiveOperationException, IOException {
        String name = kernel.getName();
        try (InputStream file = Objects.requireNonNull(
                kernel.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class"))) {
            ProgramLoader loader = new ProgramLoader("woven", null, CodeSource.NONE);
            loader.add(List.of(ClassFile.of(name, file.readAllBytes())));
            return (LongSupplier) loader.loadClass(name).getConstructor().newInstance();
        }
    }
}
