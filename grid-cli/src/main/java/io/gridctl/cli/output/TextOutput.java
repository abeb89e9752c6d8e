package io.gridctl.cli.output;

import io.gridctl.GridException;
import io.gridctl.GridTimeoutException;
import io.gridctl.MapResult;
import io.gridctl.MapResult.Settled;
import io.gridctl.Task;
import io.gridctl.TextReply;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Prints what came of a text on several engines: {@code [stdout:0] ciao} for each line that was printed, {@code Out[0:3]:
 * 42} for the value that engine 0 gave to its third text. Warnings and what was printed as errors go to standard error.
 */
public final class TextOutput {
    private static final Duration MOMENT = Duration.ofMillis(300);

    private final PrintWriter out;
    private final PrintWriter err;

    /** What stands together. */
    public enum Group {
        /** All of one engine, then all of the next. */
        ENGINE,
        /** As it is printed, values last. */
        ORDER,
        /** What was printed, then what was printed as errors, then values. */
        TYPE
    }

    /**
     * A printer.
     *
     * @param out takes output and values
     * @param err takes the rest
     */
    public TextOutput(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Prints all there is; waits for it.
     *
     * @param result what comes of a text
     * @param group what stands together
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    @SuppressWarnings("FutureReturnValueIgnored") // onOutput gives the result again
    public void print(MapResult<TextReply> result, Group group) throws InterruptedException {
        LiveOutput live = new LiveOutput(this::line);
        if (group == Group.ORDER) {
            result.onOutput(live);
        }
        List<Settled<TextReply>> ends = result.settled();
        List<Task> tasks = result.tasks();
        switch (group) {
            case ENGINE -> {
                for (int at = 0; at < tasks.size(); at++) {
                    stdout(tasks.get(at));
                    stderr(tasks.get(at));
                    value(ends.get(at));
                }
            }
            case TYPE -> {
                tasks.forEach(this::stdout);
                tasks.forEach(this::stderr);
                ends.forEach(this::value);
            }
            case ORDER -> {
                live.awaitAll(tasks);
                ends.forEach(this::value);
            }
        }
    }

    /**
     * Prints by type; if it takes longer than a moment, what is printed is shown at once instead. Waits for it.
     *
     * @param result what comes of a text
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    public void printAsItComes(MapResult<TextReply> result) throws InterruptedException {
        print(result, endsWithin(MOMENT, result) ? Group.TYPE : Group.ORDER);
    }

    private static boolean endsWithin(Duration time, MapResult<?> result) throws InterruptedException {
        try {
            result.await(time);
            return true;
        } catch (GridTimeoutException goesOn) {
            return false;
        } catch (GridException failed) {
            return true;
        }
    }

    /**
     * Prints what is printed from now on as it comes, and returns.
     *
     * @param result what comes of a text
     */
    @SuppressWarnings("FutureReturnValueIgnored") // onOutput gives the result again
    public void follow(MapResult<TextReply> result) {
        result.onOutput(new LiveOutput(this::line));
    }

    private void stdout(Task task) {
        task.stdout().lines().forEach(line -> line(false, task.engineId().orElseThrow(), line));
    }

    private void stderr(Task task) {
        task.stderr().lines().forEach(line -> line(true, task.engineId().orElseThrow(), line));
    }

    private void line(boolean error, int engine, String line) {
        PrintWriter to = error ? err : out;
        to.println("[" + (error ? "stderr:" : "stdout:") + engine + "] " + line);
        to.flush();
    }

    private void value(Settled<TextReply> end) {
        if (end.failure().isPresent()) {
            return;
        }
        TextReply reply = Objects.requireNonNull(end.value());
        reply.warnings().forEach(warning -> err.println("[warning:" + reply.engineId() + "] " + warning));
        err.flush();
        reply.value().ifPresent(value -> out.println("Out[" + reply.engineId() + ":" + reply.number() + "]: " + value));
        out.flush();
    }
}
