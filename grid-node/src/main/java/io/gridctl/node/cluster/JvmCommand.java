package io.gridctl.node.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The command lines of the grid's JVMs. */
public final class JvmCommand {
    /** The part of the machine's memory that all engines together use as heap. */
    private static final double ENGINES_SHARE = 60;

    /** The anchor holds a copy of what its engines hold, and no more. */
    private static final double ANCHOR_SHARE = 25;

    private static final int UNSAFE_WARNS = 24;

    /**
     * A third of what an engine's start costs is the compilation of methods that nobody calls again once it has joined.
     * So the methods of these packages are compiled five times later than the JVM does by itself, and those that a call
     * runs through five times sooner, or the first thousand tasks would pay for the start. A program's own classes, and
     * what of the JDK is inlined into them, are compiled as everywhere.
     */
    private static final List<String> STARTING =
            List.of("java", "jdk", "sun", "com/sun", "com/hazelcast", "ch/qos/logback", "org/slf4j");

    /**
     * What moves through a JVM is dead when it has passed. Left alone the collector lets gigabytes of it pile up, whose
     * memory is touched for the first time then, which takes ten times as long as the moving. It is as large from the
     * beginning: an array of more than half of what there is for new ones goes among the old ones, where nothing is
     * collected before the heap is full.
     */
    private static final String PASSING = "-Xmn256m";

    private static final long ROOM_FOR_PASSING = 1L << 30;

    private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use[A-Za-z0-9]+GC");

    private final List<String> command = new ArrayList<>();
    private long heapBytes;

    private JvmCommand() {
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }

    static List<String> anchor(GridFolder folder, int cores) {
        JvmCommand jvm = new JvmCommand();
        jvm.heapShare(ANCHOR_SHARE);
        jvm.node(folder, "anchor", Math.max(1, cores / 2), List.of());
        // It moves bytes and computes nothing; compiling for speed would only delay the engines.
        jvm.command.add("-XX:TieredStopAtLevel=1");
        jvm.compileAsNeeded();
        jvm.command.add(AnchorMain.class.getName());
        jvm.command.add(folder.path().toString());
        return jvm.command;
    }

    static List<String> engine(GridFolder folder, LaunchSpec spec, int id, int cores) {
        JvmCommand jvm = new JvmCommand();
        spec.heap().ifPresentOrElse(jvm::heap, () -> jvm.heapShare(ENGINES_SHARE / spec.engines()));
        jvm.compileAsNeeded();
        jvm.node(folder, "engine-" + id, Math.max(1, cores / spec.engines()), spec.jvmArgs());
        jvm.command.addAll(spec.jvmArgs());
        jvm.command.add(EngineMain.class.getName());
        jvm.command.add(folder.path().toString());
        jvm.command.add(Integer.toString(id));
        return jvm.command;
    }

    /**
     * A JVM as an engine's, for another program: nothing but the program differs.
     *
     * @param spec what the engines are like
     * @param main the class to run
     * @return its command line
     */
    public static List<String> of(LaunchSpec spec, Class<?> main) {
        JvmCommand jvm = new JvmCommand();
        jvm.heap("512m");
        jvm.compileAsNeeded();
        jvm.runtime(Math.max(1, Runtime.getRuntime().availableProcessors() / spec.engines()), spec.jvmArgs());
        jvm.classPath();
        jvm.command.add(main.getName());
        return jvm.command;
    }

    /** A JVM for a client that mostly waits, up to the class path, whose output is UTF-8. */
    static List<String> small() {
        JvmCommand jvm = new JvmCommand();
        jvm.command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8"));
        jvm.command.addAll(opens());
        jvm.command.addAll(Installation.archive());
        return jvm.command;
    }

    private void compileAsNeeded() {
        command.add("-XX:CompileCommand=quiet");
        STARTING.forEach(folder -> scaleCompilation(folder, "5.0"));
        scaleCompilation("io/gridctl/node", "0.2");
    }

    /** @param factor with a decimal point, as the JVM ignores it without one */
    private void scaleCompilation(String folder, String factor) {
        command.add("-XX:CompileCommand=CompileThresholdScaling," + folder + "/*.*," + factor);
    }

    private void heap(String most) {
        command.add("-Xmx" + most);
        heapBytes = LaunchSpec.bytesOf(most);
    }

    /** A heap of so many percent of the machine's memory. */
    private void heapShare(double percent) {
        command.add(String.format(Locale.ROOT, "-XX:MaxRAMPercentage=%.3f", percent));
        heapBytes = (long) (MachineMemory.bytes() * percent / 100);
    }

    private void node(GridFolder folder, String process, int collectorThreads, List<String> userArguments) {
        runtime(collectorThreads, userArguments);
        command.add("-Dgridctl.log=" + folder.log(process));
        classPath();
    }

    private void runtime(int collectorThreads, List<String> userArguments) {
        if (userArguments.stream()
                .noneMatch(argument -> COLLECTOR.matcher(argument).matches())) {
            // The collector that takes least from the computation. All engines of a machine collect at times of their
            // own, so each gets its share of the cores. A JVM that is told of two collectors does not start.
            command.add("-XX:+UseParallelGC");
            command.add("-XX:ParallelGCThreads=" + collectorThreads);
            if (heapBytes >= ROOM_FOR_PASSING) {
                command.add(PASSING);
            }
        }
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-XX:-UsePerfData");
        // Hazelcast's settings say so too, but what it asks for before it reads them would wake the JDK's own logging.
        command.add("-Dhazelcast.logging.type=slf4j");
        command.addAll(opens());
        command.addAll(Installation.archive());
    }

    private void classPath() {
        command.add("-cp");
        command.add(Installation.classPath());
    }

    /**
     * What a JVM needs so that Hazelcast and the grid run in it at full speed and without a warning.
     *
     * @return arguments for {@code java}
     */
    public static List<String> opens() {
        List<String> arguments = new ArrayList<>(List.of(
                "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.management/sun.management=ALL-UNNAMED",
                "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED"));
        if (Runtime.version().feature() >= UNSAFE_WARNS) {
            arguments.add("--sun-misc-unsafe-memory-access=allow");
            arguments.add("--enable-native-access=ALL-UNNAMED");
        }
        return arguments;
    }
}
