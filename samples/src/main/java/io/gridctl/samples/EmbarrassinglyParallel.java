package io.gridctl.samples;

import io.gridctl.Grid;
import io.gridctl.LoadBalancedView;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The kernel EP ("embarrassingly parallel") of the NAS Parallel Benchmarks, over the grid. A stream of random numbers
 * is turned into pairs of independent Gaussian deviates, which are summed and counted by square annulus. The sums are
 * published, so a wrong answer shows.
 *
 * <p>The same work is timed three ways, in turns: in this JVM alone, through the grid, and by as many plain JVMs as the
 * grid has engines, each of which does its share of the blocks and nothing else. The last is the most that the machine
 * can give, and the grid is held against it. None of the three times holds a JVM's start: everybody is up and has run
 * the kernel for a while, and blocks of class S for some seconds, when the clock starts; it stops when all sums are here.
 *
 * <pre>{@code
 * ./gridctl run -n 2 samples/src/main/java/io/gridctl/samples/EmbarrassinglyParallel.java A
 * }</pre>
 *
 * <p>Arguments: the class, S, W or A (default S); {@code --rounds=N}, how often each way is timed (default 9,
 * for A 3: short times vary more); {@code --serial-only}, which needs no grid.
 *
 * <p>The exit code is 1 if the sums are wrong and 2 if the arguments are. Written after D. Bailey et al., "The NAS
 * Parallel Benchmarks", report RNR-94-007, NASA Ames Research Center, 1994, section 2.2.1.
 */
public final class EmbarrassinglyParallel {
    /** The generator: x becomes x·5^13 mod 2^46. The low bits of a product are exact in a long, so a mask is all. */
    private static final long FACTOR = 1_220_703_125L;

    private static final long SEED = 271_828_183L;
    private static final long MASK = (1L << 46) - 1;
    private static final double UNIT = 0x1p-46;

    /** So many tasks for each engine where there is work for them: a slower one does fewer. */
    private static final int TASKS_PER_ENGINE = 8;

    private static final int PAIRS_PER_BLOCK = 1 << 16;

    /** What a task has at least, some tenths of a second: what it takes to bring it there is lost in that. */
    private static final int BLOCKS_PER_TASK = 1 << 7;

    private static final int ANNULI = 10;
    private static final double TOLERANCE = 1e-8;
    private static final Duration WARM_UP = Duration.ofMillis(800);
    private static final Duration TRY_OUT = Duration.ofSeconds(3);

    private EmbarrassinglyParallel() {}

    /** A problem size: 2^m pairs, how often it is timed, and the sums that are published for it. */
    enum ProblemClass {
        S(24, 9, -3.247834652034740e3, -6.958407078382297e3),
        W(25, 9, -2.863319731645753e3, -6.320053679109499e3),
        A(28, 3, -4.295875165629892e3, -1.580732573678431e4);

        private final int m;
        private final int rounds;
        private final double sumX;
        private final double sumY;

        ProblemClass(int m, int rounds, double sumX, double sumY) {
            this.m = m;
            this.rounds = rounds;
            this.sumX = sumX;
            this.sumY = sumY;
        }

        int blocks() {
            return (1 << m) / PAIRS_PER_BLOCK;
        }

        /** Whether sums are the published ones. */
        boolean accepts(Tally tally) {
            return Math.abs((tally.sumX - sumX) / sumX) <= TOLERANCE
                    && Math.abs((tally.sumY - sumY) / sumY) <= TOLERANCE;
        }
    }

    /** What a part of the stream adds up to: the sums of the deviates, and how many pairs fell into each annulus. */
    record Tally(double sumX, double sumY, List<Long> counts) {
        static final Tally NOTHING = new Tally(0, 0, Collections.nCopies(ANNULI, 0L));

        Tally plus(Tally other) {
            return new Tally(
                    sumX + other.sumX,
                    sumY + other.sumY,
                    IntStream.range(0, ANNULI)
                            .mapToObj(i -> counts.get(i) + other.counts.get(i))
                            .toList());
        }

        long pairs() {
            return counts.stream().mapToLong(Long::longValue).sum();
        }
    }

    /** The kernel: one block of pairs. Blocks know nothing of each other, because the generator can jump ahead. */
    static Tally block(int number) {
        long x = SEED * power(FACTOR, 2L * PAIRS_PER_BLOCK * number) & MASK;
        double sumX = 0;
        double sumY = 0;
        long[] counts = new long[ANNULI];
        for (int i = 0; i < PAIRS_PER_BLOCK; i++) {
            x = x * FACTOR & MASK;
            double u = 2 * UNIT * x - 1;
            x = x * FACTOR & MASK;
            double v = 2 * UNIT * x - 1;
            double t = u * u + v * v;
            if (t <= 1) {
                double scale = Math.sqrt(-2 * Math.log(t) / t);
                double gaussX = u * scale;
                double gaussY = v * scale;
                counts[(int) Math.max(Math.abs(gaussX), Math.abs(gaussY))]++;
                sumX += gaussX;
                sumY += gaussY;
            }
        }
        return new Tally(sumX, sumY, Arrays.stream(counts).boxed().toList());
    }

    /** A power of the generator's factor, by squaring. */
    private static long power(long base, long exponent) {
        long result = 1;
        for (long square = base; exponent > 0; exponent >>= 1, square = square * square & MASK) {
            if ((exponent & 1) == 1) {
                result = result * square & MASK;
            }
        }
        return result;
    }

    /** Blocks from one number to before another, one after the other. */
    static Tally blocks(int from, int to) {
        return IntStream.range(from, to).mapToObj(EmbarrassinglyParallel::block).reduce(Tally.NOTHING, Tally::plus);
    }

    /** All blocks, one after the other, in this JVM. */
    static Tally serial(int blocks) {
        return blocks(0, blocks);
    }

    /** All blocks through the grid, so many to a task; the grid decides which engine does which task. */
    static Tally parallel(LoadBalancedView balanced, int blocks, int each) throws InterruptedException {
        List<Integer> starts = IntStream.iterate(0, start -> start < blocks, start -> start + each)
                .boxed()
                .toList();
        return balanced.map(start -> blocks(start, Math.min(start + each, blocks)), starts).stream()
                .reduce(Tally.NOTHING, Tally::plus);
    }

    /** Every engine has something to do. */
    static int blocksPerTask(int blocks, int engines) {
        int share = (blocks + engines - 1) / engines;
        return Math.min(share, Math.max(BLOCKS_PER_TASK, share / TASKS_PER_ENGINE));
    }

    /** Runs the kernel until the just-in-time compiler has done with it. */
    static void warmUp() {
        long start = System.nanoTime();
        for (int i = 0; System.nanoTime() - start < WARM_UP.toNanos(); i++) {
            block(i);
        }
    }

    /**
     * Has both run blocks of class S, in turns, for so long that what brings them there is compiled as well: to the
     * engines as tasks of one block, so that much of that is done.
     */
    private static void tryOut(PlainJvms plain, LoadBalancedView balanced) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < TRY_OUT.toNanos()) {
            plain.run(ProblemClass.S.blocks());
            parallel(balanced, ProblemClass.S.blocks(), 1);
        }
    }

    /**
     * Runs the benchmark on the running grid.
     *
     * @param args see the class comment
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        boolean correct;
        if (options.serialOnly) {
            correct = runSerial(options, System.out);
        } else {
            try (Grid grid = Grid.connect()) {
                correct = run(grid, options, System.out);
            }
        }
        System.exit(correct ? 0 : 1);
    }

    /** The command line. */
    record Options(ProblemClass problem, int rounds, boolean serialOnly) {
        static Options parse(String... args) {
            ProblemClass problem = ProblemClass.S;
            OptionalInt rounds = OptionalInt.empty();
            boolean serialOnly = false;
            for (String arg : args) {
                if (arg.equals("--serial-only")) {
                    serialOnly = true;
                } else if (arg.matches("--rounds=[1-9]\\d{0,3}")) {
                    rounds = OptionalInt.of(Integer.parseInt(arg.substring("--rounds=".length())));
                } else if (arg.matches("[SWAswa]")) {
                    problem = ProblemClass.valueOf(arg.toUpperCase(Locale.ROOT));
                } else {
                    throw new IllegalArgumentException("cannot read the argument \"" + arg
                            + "\"; give a class S, W or A, --rounds=N (1 or more), --serial-only");
                }
            }
            return new Options(problem, rounds.orElse(problem.rounds), serialOnly);
        }
    }

    /** The serial run alone. */
    static boolean runSerial(Options options, PrintStream out) {
        warmUp();
        printHead(options.problem, out);
        long start = System.nanoTime();
        Tally tally = serial(options.problem.blocks());
        double seconds = secondsSince(start);
        printTally(options.problem, tally, out);
        out.printf(Locale.ROOT, "serial %.3f s%n", seconds);
        return options.problem.accepts(tally);
    }

    /** Serial, grid and plain JVMs, in turns. */
    static boolean run(Grid grid, Options options, PrintStream out) throws InterruptedException {
        ProblemClass problem = options.problem;
        int blocks = problem.blocks();
        LoadBalancedView balanced = grid.loadBalanced();
        int engines = grid.ids().size();
        int each = blocksPerTask(blocks, engines);
        printHead(problem, out);

        List<Double> serialTimes = new ArrayList<>();
        List<Double> gridTimes = new ArrayList<>();
        List<Double> plainTimes = new ArrayList<>();
        boolean correct = true;
        try (PlainJvms plain = PlainJvms.start(engines)) {
            warmUp();
            grid.engines().run(EmbarrassinglyParallel::warmUp);
            tryOut(plain, balanced);
            for (int round = 0; round < options.rounds; round++) {
                long start = System.nanoTime();
                Tally fromSerial = serial(blocks);
                serialTimes.add(secondsSince(start));

                start = System.nanoTime();
                Tally fromPlain = plain.run(blocks);
                plainTimes.add(secondsSince(start));

                start = System.nanoTime();
                Tally fromGrid = parallel(balanced, blocks, each);
                gridTimes.add(secondsSince(start));

                if (round == 0) {
                    printTally(problem, fromGrid, out);
                }
                correct &= problem.accepts(fromSerial) && problem.accepts(fromPlain) && problem.accepts(fromGrid);
                correct &= fromGrid.counts.equals(fromSerial.counts) && fromPlain.counts.equals(fromSerial.counts);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a plain JVM did not answer", e);
        }

        double serialTime = median(serialTimes);
        double gridTime = median(gridTimes);
        double plainTime = median(plainTimes);
        out.printf(Locale.ROOT, "%nmedian of %d rounds%n", options.rounds);
        out.printf(Locale.ROOT, "  %-22s%8.3f s%n", "serial, this JVM", serialTime);
        out.printf(
                Locale.ROOT,
                "  %-22s%8.3f s   speed-up %.2f%n",
                count(engines, "engine"),
                gridTime,
                serialTime / gridTime);
        out.printf(
                Locale.ROOT,
                "  %-22s%8.3f s   speed-up %.2f%n",
                count(engines, "plain JVM"),
                plainTime,
                serialTime / plainTime);
        out.printf(Locale.ROOT, "  engines over plain JVMs %.3f%n", plainTime / gridTime);
        if (!correct) {
            out.println("WRONG: the sums are not the published ones, or the runs disagree");
        }
        return correct;
    }

    private static void printHead(ProblemClass problem, PrintStream out) {
        out.println("NAS EP, class " + problem + ": 2^" + problem.m + " pairs in " + problem.blocks() + " blocks");
    }

    private static void printTally(ProblemClass problem, Tally tally, PrintStream out) {
        out.printf(Locale.ROOT, "sum of x   %.15e   published %.15e%n", tally.sumX, problem.sumX);
        out.printf(Locale.ROOT, "sum of y   %.15e   published %.15e%n", tally.sumY, problem.sumY);
        out.println("Gaussian pairs " + tally.pairs() + ", by annulus " + tally.counts);
        out.println(problem.accepts(tally) ? "sums are right to 1e-8" : "sums are WRONG");
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** JVMs without a grid, started from this program's own classes, that wait on their standard input for work. */
    static final class PlainJvms implements AutoCloseable {
        private final List<Process> processes = new ArrayList<>();
        private final List<BufferedReader> answers = new ArrayList<>();

        /** Starts them and waits until they are warm. */
        static PlainJvms start(int count) throws IOException {
            PlainJvms jvms = new PlainJvms();
            try {
                for (int i = 0; i < count; i++) {
                    Process process = new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-cp",
                                    classPath(),
                                    Worker.class.getName())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
                    jvms.processes.add(process);
                    jvms.answers.add(process.inputReader(StandardCharsets.UTF_8));
                }
                for (BufferedReader answer : jvms.answers) {
                    read(answer);
                }
                return jvms;
            } catch (IOException | RuntimeException e) {
                jvms.close();
                throw e;
            }
        }

        /** Where this program and the API were loaded from, which need not be on the JVM's own class path. */
        private static String classPath() {
            return Stream.of(EmbarrassinglyParallel.class, Grid.class)
                    .map(type -> {
                        try {
                            return Path.of(type.getProtectionDomain()
                                            .getCodeSource()
                                            .getLocation()
                                            .toURI())
                                    .toString();
                        } catch (URISyntaxException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .collect(Collectors.joining(File.pathSeparator));
        }

        /** Gives each its share and adds up what they answer. */
        Tally run(int blocks) throws IOException {
            int count = processes.size();
            for (int i = 0; i < count; i++) {
                int from = (int) ((long) blocks * i / count);
                int to = (int) ((long) blocks * (i + 1) / count);
                var commands = processes.get(i).outputWriter(StandardCharsets.UTF_8);
                commands.write(from + " " + to + "\n");
                commands.flush();
            }
            Tally sum = Tally.NOTHING;
            for (BufferedReader answer : answers) {
                String[] words = read(answer).split(" ", -1);
                sum = sum.plus(new Tally(
                        Double.parseDouble(words[0]),
                        Double.parseDouble(words[1]),
                        Arrays.stream(words).skip(2).map(Long::valueOf).toList()));
            }
            return sum;
        }

        private static String read(BufferedReader answer) throws IOException {
            String line = answer.readLine();
            if (line == null) {
                throw new IOException("a plain JVM ended before its work was done");
            }
            return line;
        }

        @Override
        public void close() {
            processes.forEach(Process::destroy);
        }
    }

    /** What a plain JVM runs: warms up, says so, then does the blocks it is told to, until its input ends. */
    static final class Worker {
        private Worker() {}

        /**
         * Answers each line {@code FROM TO} with a line of sums and counts.
         *
         * @param args none
         * @throws IOException if standard input breaks
         */
        public static void main(String[] args) throws IOException {
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            warmUp();
            System.out.println("ready");
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                String[] range = line.split(" ", -1);
                Tally tally = IntStream.range(Integer.parseInt(range[0]), Integer.parseInt(range[1]))
                        .mapToObj(EmbarrassinglyParallel::block)
                        .reduce(Tally.NOTHING, Tally::plus);
                System.out.println(Stream.concat(
                                Stream.of(tally.sumX, tally.sumY).map(Object::toString),
                                tally.counts.stream().map(Object::toString))
                        .collect(Collectors.joining(" ")));
            }
        }
    }
}
