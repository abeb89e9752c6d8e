package io.gridctl.cli.output;

import io.gridctl.Task;
import io.gridctl.TaskOutput;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Cuts what tasks print into lines while they run. */
final class LiveOutput implements Consumer<TaskOutput> {
    private final Lines lines;
    private final Map<Source, StringBuilder> begun = new TreeMap<>();
    private long heard;

    /** Takes whole lines. */
    interface Lines {
        void line(boolean error, int engine, String line);
    }

    private record Source(int engine, boolean error) implements Comparable<Source> {
        @Override
        public int compareTo(Source other) {
            return engine == other.engine ? Boolean.compare(error, other.error) : Integer.compare(engine, other.engine);
        }
    }

    LiveOutput(Lines lines) {
        this.lines = lines;
    }

    @Override
    public synchronized void accept(TaskOutput piece) {
        Source source = new Source(piece.engineId(), piece.error());
        StringBuilder open = begun.computeIfAbsent(source, key -> new StringBuilder());
        open.append(piece.text());
        for (int end = open.indexOf("\n"); end >= 0; end = open.indexOf("\n")) {
            lines.line(source.error(), source.engine(), open.substring(0, end));
            open.delete(0, end + 1);
        }
        heard += piece.text().length();
        notifyAll();
    }

    /** Waits until everything that tasks have printed has come here, and ends their last lines. */
    synchronized void awaitAll(List<Task> ended) throws InterruptedException {
        long printed = ended.stream()
                .mapToLong(task -> task.stdout().length() + (long) task.stderr().length())
                .sum();
        while (heard < printed) {
            wait();
        }
        begun.forEach((source, rest) -> {
            if (!rest.isEmpty()) {
                lines.line(source.error(), source.engine(), rest.toString());
            }
        });
    }
}
