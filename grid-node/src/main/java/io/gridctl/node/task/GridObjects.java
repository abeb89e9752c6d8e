package io.gridctl.node.task;

import java.util.OptionalInt;

/** The names of the grid's distributed objects. */
public final class GridObjects {
    /** Map: engine id to who fills it. */
    public static final String ENGINES = "grid.engines";

    /** One map per engine: name to value. */
    public static final String NAMESPACE_PREFIX = "grid.ns.";

    /** Map: piece of a large value to its bytes. */
    public static final String BLOB = "grid.blob";

    /** Map: classes that programs brought. */
    public static final String CODE = "grid.code";

    /** Map: engine id to what texts have declared there. */
    public static final String TEXT = "grid.text";

    /** Map: hash of a text and of what was declared before it to what it was compiled to. Topic: the same, as it is made. */
    public static final String COMPILED = "grid.compiled";

    /** Map: what the stages of running pipelines say of themselves. */
    public static final String PIPELINE = "grid.pipeline";

    /** Executor service: frames for the slots. */
    public static final String TASKS = "grid.tasks";

    /** Executor service: push, cancel, status and late outcomes, beside the slots and never behind them. */
    public static final String CONTROL = "grid.control";

    private GridObjects() {}

    /**
     * The engine whose names a map holds.
     *
     * @param object the name of any distributed object
     * @return the engine's id, or empty if it is not such a map
     */
    public static OptionalInt engineOf(String object) {
        if (!object.startsWith(NAMESPACE_PREFIX)) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(object.substring(NAMESPACE_PREFIX.length())));
    }

    /**
     * The map that holds an engine's names.
     *
     * @param engineId the engine
     * @return the map's name
     */
    public static String namespace(int engineId) {
        return NAMESPACE_PREFIX + engineId;
    }
}
