package io.gridctl.node.perf;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import io.gridctl.Engine;
import io.gridctl.Grid;
import io.gridctl.GridException;
import io.gridctl.function.RemoteFunction;
import io.gridctl.node.AsyncStages;
import io.gridctl.node.HazelcastSettings;
import io.gridctl.node.client.HazelcastGridProvider;
import io.gridctl.node.cluster.ConnectionFile;
import io.gridctl.node.cluster.GridHome;
import io.gridctl.node.cluster.GridLauncher;
import io.gridctl.node.cluster.LaunchSpec;
import io.gridctl.node.cluster.RunningGrid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Measures a grid of engines of its own. Each figure is the median of several pairs, the grid and plain Hazelcast in
 * turn, so that a machine that drifts drifts for both.
 */
public final class Perf {
    private static final int PAIRS = 5;
    private static final int START_PAIRS = 3;
    private static final int CALLS = 400;

    /** Both sides are timed as compiled code. */
    private static final int WARM_CALLS = 6_000;

    private static final int MOVES = 5;
    private static final int WARM_PROGRAMS = 30;
    private static final int PROGRAMS = 11;
    private static final int REPEATED_CLASSES = 1000;
    /** Engines run a text a few times as slowly before what each text passes through has been compiled. */
    private static final int WARM_TEXTS = 100;

    private static final int TEXTS = 21;
    /** What an item may take, in place of a plain Hazelcast that has no waiting items. */
    private static final double MOST_BYTES = 100;

    /** Of the lengths of skewed tasks: fixed, so that each measurement has the same. */
    private static final long SEED = 7;

    private static final double MICROS = 1e6;
    private static final double MILLIS = 1e3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final GridHome home;
    private final LaunchSpec spec;

    /**
     * A measurement.
     *
     * @param home where the grid keeps its state
     * @param spec what its engines are like
     */
    public Perf(GridHome home, LaunchSpec spec) {
        this.home = home;
        this.spec = spec;
    }

    /** {@return the names of all figures, in the order in which they are measured} */
    public static List<String> names() {
        return List.of(
                "start_s",
                "ready_s",
                "apply_us",
                "apply_all_us",
                "push_64mb_all_ms",
                "pull_64mb_ms",
                "map_small_ms",
                "map_large_items_per_s",
                "map_large_array_items_per_s",
                "map_64mb_items_per_s",
                "scatter_64mb_ms",
                "gather_64mb_ms",
                "first_task_1_ms",
                "first_task_100_ms",
                "first_task_1000_ms",
                "repeat_task_us",
                "execute_ms",
                "execute_again_us",
                "balanced_apply_us",
                "tasks_per_s",
                "balanced_map_items_per_s",
                "balanced_parked_efficiency",
                "balanced_burning_efficiency",
                "balanced_skewed_s",
                "balanced_bytes_per_waiting_item");
    }

    private interface Figures {
        void measure(Bench bench, String name, Consumer<Figure> found) throws Exception;
    }

    /**
     * Measures.
     *
     * @param only which figures
     * @param found is told of each figure as soon as it is known
     * @throws Exception if a grid cannot be started or a call fails
     */
    public void run(Set<String> only, Consumer<Figure> found) throws Exception {
        if (only.contains("start_s") || only.contains("ready_s")) {
            start(only, found);
        }
        Map<String, Figures> figures = new LinkedHashMap<>();
        figures.put("apply_us", Bench::applyOne);
        figures.put("apply_all_us", Bench::applyAll);
        figures.put("push_64mb_all_ms", Bench::push);
        figures.put("pull_64mb_ms", Bench::pull);
        figures.put("map_small_ms", Bench::mapSmall);
        figures.put("map_large_items_per_s", Bench::mapLarge);
        figures.put("map_large_array_items_per_s", Bench::mapLargeArray);
        figures.put("map_64mb_items_per_s", Bench::map64Mb);
        figures.put("scatter_64mb_ms", Bench::scatter);
        figures.put("gather_64mb_ms", Bench::gather);
        figures.put("first_task_1_ms", firstTask(1));
        figures.put("first_task_100_ms", firstTask(100));
        figures.put("first_task_1000_ms", firstTask(1000));
        figures.put("repeat_task_us", Bench::repeatTask);
        figures.put("execute_ms", Bench::execute);
        figures.put("execute_again_us", Bench::executeAgain);
        figures.put("balanced_apply_us", Bench::balancedApply);
        figures.put("tasks_per_s", Bench::tasks);
        figures.put("balanced_map_items_per_s", Bench::mapItems);
        figures.put("balanced_parked_efficiency", Bench::parked);
        figures.put("balanced_burning_efficiency", Bench::burning);
        figures.put("balanced_skewed_s", Bench::skewed);
        figures.put("balanced_bytes_per_waiting_item", Bench::bytesPerItem);
        figures.keySet().retainAll(only);
        if (figures.isEmpty()) {
            return;
        }
        RunningGrid running = GridLauncher.start(home, spec);
        try {
            running.awaitReady(state -> {});
            try (Bench bench = Bench.open(running)) {
                for (Map.Entry<String, Figures> figure : figures.entrySet()) {
                    figure.getValue().measure(bench, figure.getKey(), found);
                }
            }
        } finally {
            running.stop();
            running.folder().remove();
        }
    }

    private static Figures firstTask(int classes) {
        return (bench, name, found) -> bench.firstTask(name, classes, found);
    }

    /**
     * How long a start takes, in seconds.
     *
     * @param ready from nothing to all engines being ready
     * @param answering from nothing to each of them having answered a client
     */
    record Start(double ready, double answering) {}

    private void start(Set<String> only, Consumer<Figure> found) throws Exception {
        List<Start> grid = new ArrayList<>();
        List<Start> raw = new ArrayList<>();
        for (int pair = 0; pair < START_PAIRS; pair++) {
            grid.add(startGrid());
            raw.add(PlainMembers.start(spec));
        }
        if (only.contains("start_s")) {
            found.accept(figure("start_s", grid, raw, Start::answering));
        }
        if (only.contains("ready_s")) {
            found.accept(figure("ready_s", grid, raw, Start::ready));
        }
    }

    private static Figure figure(String name, List<Start> grid, List<Start> raw, ToDoubleFunction<Start> seconds) {
        return new Figure(
                name,
                Stopwatch.median(grid.stream().mapToDouble(seconds).toArray()),
                "s",
                Stopwatch.median(raw.stream().mapToDouble(seconds).toArray()));
    }

    private Start startGrid() throws Exception {
        long start = System.nanoTime();
        RunningGrid running = GridLauncher.start(home, spec);
        try {
            running.awaitReady(state -> {});
            double ready = (System.nanoTime() - start) / 1e9;
            try (Grid grid = Grid.connect(running.connectionFile())) {
                grid.awaitEngines(spec.engines(), PATIENCE);
                grid.engines().apply(Echo.function(), 1);
                return new Start(ready, (System.nanoTime() - start) / 1e9);
            }
        } finally {
            running.stop();
            running.folder().remove();
        }
    }

    /** One grid, reached by one client, through the API and without it. */
    private static final class Bench implements AutoCloseable {
        private final Grid grid;
        private final Engine first;
        private final PlainHazelcast plain;
        private final ConnectionFile connection;
        private final BalancedFigures balanced;
        private final DirectFigures direct;

        private Bench(ConnectionFile connection, Grid grid, PlainHazelcast plain) {
            this.connection = connection;
            this.grid = grid;
            this.plain = plain;
            balanced = new BalancedFigures(grid, plain);
            direct = new DirectFigures(grid, plain);
            first = grid.engine(grid.ids().get(0));
        }

        static Bench open(RunningGrid running) throws InterruptedException {
            AsyncStages.ensure();
            ConnectionFile connection = ConnectionFile.read(running.connectionFile());
            HazelcastInstance client = client(connection);
            Grid grid = grid(connection, client);
            List<Member> engines = client.getCluster().getMembers().stream()
                    .filter(member -> !HazelcastSettings.isAnchor(member))
                    .toList();
            return new Bench(connection, grid, new PlainHazelcast(client, engines));
        }

        private static HazelcastInstance client(ConnectionFile connection) {
            return HazelcastClient.newHazelcastClient(
                    HazelcastSettings.client(connection.toSettings(), PATIENCE.toMillis()));
        }

        private static Grid grid(ConnectionFile connection, HazelcastInstance client) throws InterruptedException {
            Grid grid = HazelcastGridProvider.over(connection.grid(), client);
            grid.awaitEngines(1, PATIENCE);
            return grid;
        }

        void applyOne(String name, Consumer<Figure> found) throws Exception {
            found.accept(pairs(name, "us", MICROS, CALLS, () -> first.apply(Echo.function(), 1), plain::echoOne));
        }

        void applyAll(String name, Consumer<Figure> found) throws Exception {
            found.accept(
                    pairs(name, "us", MICROS, CALLS, () -> grid.engines().apply(Echo.function(), 1), plain::echoAll));
        }

        void balancedApply(String name, Consumer<Figure> found) throws Exception {
            found.accept(pairs(name, "us", MICROS, CALLS, balanced::applyOne, plain::echoNext));
        }

        void tasks(String name, Consumer<Figure> found) throws Exception {
            found.accept(rates(name, balanced::tasksPerSecond, balanced::plainPerSecond));
        }

        void mapItems(String name, Consumer<Figure> found) throws Exception {
            found.accept(rates(name, balanced::mapItemsPerSecond, balanced::plainPerSecond));
        }

        void parked(String name, Consumer<Figure> found) throws Exception {
            found.accept(Figure.ofRuns(name, runs(run -> balanced.efficiency(false)), "of 1", 1));
        }

        void burning(String name, Consumer<Figure> found) throws Exception {
            found.accept(Figure.ofRuns(name, runs(run -> balanced.efficiency(true)), "of 1", 1));
        }

        void skewed(String name, Consumer<Figure> found) throws Exception {
            double[] best = runs(run -> balanced.bestSeconds(SEED + run));
            found.accept(
                    Figure.ofRuns(name, runs(run -> balanced.skewedSeconds(SEED + run)), "s", Stopwatch.median(best)));
        }

        private interface Run {
            double measure(int number) throws Exception;
        }

        private static double[] runs(Run each) throws Exception {
            double[] values = new double[PAIRS];
            for (int run = 0; run < PAIRS; run++) {
                values[run] = each.measure(run);
            }
            return values;
        }

        void bytesPerItem(String name, Consumer<Figure> found) throws Exception {
            found.accept(new Figure(name, balanced.bytesPerWaitingItem(), "B", MOST_BYTES));
        }

        private interface Rate {
            double measure() throws Exception;
        }

        private static Figure rates(String name, Rate grid, Rate plain) throws Exception {
            double[] value = new double[PAIRS];
            double[] raw = new double[PAIRS];
            for (int warm = 0; warm < PAIRS; warm++) {
                plain.measure();
                grid.measure();
            }
            for (int pair = 0; pair < PAIRS; pair++) {
                value[pair] = grid.measure();
                raw[pair] = plain.measure();
            }
            return new Figure(name, Stopwatch.median(value), "1/s", Stopwatch.median(raw));
        }

        void push(String name, Consumer<Figure> found) throws Exception {
            double[] data = DirectFigures.data();
            found.accept(pairs(name, "ms", MILLIS, MOVES, () -> direct.push(data), () -> plain.put(data)));
            direct.remove();
            plain.clear(DirectFigures.DOUBLES);
        }

        void pull(String name, Consumer<Figure> found) throws Exception {
            double[] data = DirectFigures.data();
            grid.engines().push("a", data);
            plain.put(data);
            found.accept(pairs(
                    name,
                    "ms",
                    MILLIS,
                    MOVES,
                    () -> check(data, first.<double[]>pull("a")),
                    () -> check(data, plain.get(DirectFigures.DOUBLES))));
            grid.engines().remove("a");
            plain.clear(DirectFigures.DOUBLES);
        }

        void mapSmall(String name, Consumer<Figure> found) throws Exception {
            found.accept(pairs(name, "ms", MILLIS, CALLS, direct::mapSmall, plain::echoAll));
        }

        void mapLarge(String name, Consumer<Figure> found) throws Exception {
            found.accept(rates(name, direct::mapLargeItemsPerSecond, direct::plainItemsPerSecond));
            plain.clear(DirectFigures.DOUBLES);
        }

        void mapLargeArray(String name, Consumer<Figure> found) throws Exception {
            found.accept(rates(name, direct::mapLargeArrayItemsPerSecond, direct::plainItemsPerSecond));
            plain.clear(DirectFigures.DOUBLES);
        }

        void map64Mb(String name, Consumer<Figure> found) throws Exception {
            double[] data = DirectFigures.data();
            found.accept(
                    rates(name, () -> direct.map64MbItemsPerSecond(data), () -> direct.plain64MbItemsPerSecond(data)));
            plain.clear(DirectFigures.DOUBLES);
        }

        void scatter(String name, Consumer<Figure> found) throws Exception {
            double[] data = DirectFigures.data();
            found.accept(pairs(name, "ms", MILLIS, MOVES, () -> direct.scatter(data), () -> plain.put(data)));
            direct.remove();
            plain.clear(DirectFigures.DOUBLES);
        }

        void gather(String name, Consumer<Figure> found) throws Exception {
            double[] data = DirectFigures.data();
            direct.scatter(data);
            plain.put(data);
            found.accept(pairs(
                    name,
                    "ms",
                    MILLIS,
                    MOVES,
                    () -> check(data, direct.gather()),
                    () -> check(data, plain.get(DirectFigures.DOUBLES))));
            direct.remove();
            plain.clear(DirectFigures.DOUBLES);
        }

        /** A program that the engine has never seen, until its first result; nothing of plain Hazelcast's compares. */
        void firstTask(String name, int classes, Consumer<Figure> found) throws Exception {
            try (FreshProgram program = new FreshProgram(classes)) {
                for (int run = 0; run < WARM_PROGRAMS; run++) {
                    firstTask(program);
                }
                double[] seconds = new double[PROGRAMS];
                for (int run = 0; run < PROGRAMS; run++) {
                    seconds[run] = firstTask(program);
                }
                found.accept(new Figure(name, MILLIS * Stopwatch.median(seconds), "ms", OptionalDouble.empty()));
            }
        }

        private double firstTask(FreshProgram program) throws Exception {
            try (Grid other = grid(connection, client(connection))) {
                Engine engine = other.engine(first.id());
                engine.apply(Echo.function(), 1);
                RemoteFunction<Integer, Integer> function = program.load().whole();
                return Stopwatch.time(() -> check(program.links(), engine.apply(function, 0)));
            }
        }

        /** The function of a program of a thousand classes again, held against an apply of the grid's own. */
        void repeatTask(String name, Consumer<Figure> found) throws Exception {
            try (FreshProgram program = new FreshProgram(REPEATED_CLASSES)) {
                FreshProgram.Loaded loaded = program.load();
                check(program.links(), first.apply(loaded.whole(), 0));
                found.accept(pairs(
                        name,
                        "us",
                        MICROS,
                        CALLS,
                        () -> first.apply(loaded.echo(), 1),
                        () -> first.apply(Echo.function(), 1)));
            }
        }

        /** An assignment that the engines have not seen before, as text, to all of them. */
        void execute(String name, Consumer<Figure> found) throws Exception {
            grid.engines().execute("int assigned = 0;");
            int[] next = {0};
            Stopwatch.Action action = () -> grid.engines().execute("assigned = " + ++next[0] + ";");
            found.accept(new Figure(
                    name, MILLIS * Stopwatch.median(WARM_TEXTS, TEXTS, action), "ms", OptionalDouble.empty()));
            grid.engines().remove("assigned");
        }

        /** The same one again, held against an apply to all of them. */
        void executeAgain(String name, Consumer<Figure> found) throws Exception {
            grid.engines().execute("int assigned = 0;");
            found.accept(pairs(
                    name,
                    "us",
                    MICROS,
                    CALLS,
                    () -> grid.engines().execute("assigned = 5;"),
                    () -> grid.engines().apply(Echo.function(), 1)));
            grid.engines().remove("assigned");
        }

        private static void check(int expected, int actual) {
            if (actual != expected) {
                throw new GridException("the program gave " + actual + " instead of " + expected);
            }
        }

        private static void check(double[] expected, double[] actual) {
            int middle = expected.length / 2;
            if (actual.length != expected.length || actual[middle] != expected[middle]) {
                throw new GridException("what came back is not what was sent");
            }
        }

        private static Figure pairs(
                String name, String unit, double scale, int runs, Stopwatch.Action grid, Stopwatch.Action plain)
                throws Exception {
            double[] value = new double[PAIRS];
            double[] raw = new double[PAIRS];
            int warm = runs == CALLS ? WARM_CALLS : 1;
            Stopwatch.median(warm, 1, plain);
            Stopwatch.median(warm, 1, grid);
            for (int pair = 0; pair < PAIRS; pair++) {
                value[pair] = scale * Stopwatch.median(1, runs, grid);
                raw[pair] = scale * Stopwatch.median(1, runs, plain);
            }
            return new Figure(name, Stopwatch.median(value), unit, Stopwatch.median(raw));
        }

        @Override
        public void close() {
            grid.close();
        }
    }
}
