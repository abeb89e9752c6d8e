package io.gridctl.node.client;

import io.gridctl.TaskOutput;
import io.gridctl.node.task.Outcome.News;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the items of a map have printed and published; most do neither, and cost nothing here. Guarded by the result's lock. */
final class ItemOutput {
    private final TreeMap<Integer, StringBuilder> stdout = new TreeMap<>();
    private final TreeMap<Integer, StringBuilder> stderr = new TreeMap<>();
    private final TreeMap<Integer, byte[]> published = new TreeMap<>();

    void keep(int index, News text) {
        keep(stdout, index, text.stdout());
        keep(stderr, index, text.stderr());
        byte[] value = text.published();
        if (value != null) {
            published.put(index, value);
        }
    }

    private static void keep(Map<Integer, StringBuilder> texts, int index, String text) {
        if (!text.isEmpty()) {
            texts.computeIfAbsent(index, i -> new StringBuilder()).append(text);
        }
    }

    String stdout(int index) {
        return text(stdout, index);
    }

    String stderr(int index) {
        return text(stderr, index);
    }

    String both(int index) {
        return stdout(index) + stderr(index);
    }

    /** The last values, by item. */
    Map<Integer, byte[]> published() {
        return published;
    }

    private static String text(Map<Integer, StringBuilder> texts, int index) {
        StringBuilder text = texts.get(index);
        return text == null ? "" : text.toString();
    }

    /** The items that have printed, in order. */
    List<Integer> indices() {
        TreeMap<Integer, StringBuilder> both = new TreeMap<>(stdout);
        both.putAll(stderr);
        return new ArrayList<>(both.keySet());
    }

    static List<TaskOutput> pieces(int engineId, String taskId, String out, String err) {
        List<TaskOutput> pieces = new ArrayList<>(2);
        if (!out.isEmpty()) {
            pieces.add(new TaskOutput(engineId, taskId, false, out));
        }
        if (!err.isEmpty()) {
            pieces.add(new TaskOutput(engineId, taskId, true, err));
        }
        return pieces;
    }
}
