package io.gridctl.node.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/** Stands where JShell would run code, and notes what it is told: classes, and methods to call. Nothing runs. */
final class Recorder implements ExecutionControl, ExecutionControlProvider {
    private static final String NOTHING = "";

    private final Map<String, byte[]> classes = new HashMap<>();
    private final List<String> invoked = new ArrayList<>();

    /** The class files of all wrappers so far, by the names that JShell gave them. */
    Map<String, byte[]> classes() {
        return classes;
    }

    /** The classes whose line is to be run, in order, since the last call. */
    List<String> takeInvoked() {
        List<String> taken = List.copyOf(invoked);
        invoked.clear();
        return taken;
    }

    @Override
    public String name() {
        return "recorder";
    }

    @Override
    public Map<String, String> defaultParameters() {
        return Map.of();
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
        return this;
    }

    @Override
    public void load(ClassBytecodes[] added) {
        for (ClassBytecodes each : added) {
            classes.put(each.name(), UnnamedPackage.unnamed(each.bytecodes()));
        }
        for (ClassBytecodes each : added) {
            boolean alone = Arrays.stream(added).noneMatch(other -> other.name().startsWith(each.name() + "$"));
            byte[] file = Objects.requireNonNull(classes.get(each.name()));
            if (alone && StepClass.isVariableWithStep(file)) {
                StepClass split = StepClass.split(each.name(), file);
                classes.put(each.name(), split.variable());
                classes.put(StepClass.nameFor(each.name()), split.step());
            }
        }
    }

    /** The class that has the line to be run of one that was invoked. */
    String stepOf(String wrapper) {
        String step = StepClass.nameFor(wrapper);
        return classes.containsKey(step) ? step : wrapper;
    }

    /** A class is never changed: JShell then makes another one. */
    @Override
    public void redefine(ClassBytecodes[] changed) throws ClassInstallException {
        throw new ClassInstallException("classes stay as they are", new boolean[changed.length]);
    }

    @Override
    public String invoke(String className, String methodName) {
        invoked.add(className);
        return NOTHING;
    }

    @Override
    public String varValue(String className, String varName) {
        return NOTHING;
    }

    @Override
    public void addToClasspath(String path) {
        throw new UnsupportedOperationException("the class path is given at the start");
    }

    @Override
    public void stop() {
        // nothing runs
    }

    @Override
    public @Nullable Object extensionCommand(String command, Object argument) throws NotImplementedException {
        throw new NotImplementedException(command);
    }

    @Override
    public void close() {
        // holds nothing open
    }
}
