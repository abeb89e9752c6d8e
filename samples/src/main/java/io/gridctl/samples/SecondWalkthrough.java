package io.gridctl.samples;

import io.gridctl.AsyncResult;
import io.gridctl.DirectView;
import io.gridctl.Grid;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * "Interactive IPython Parallel Computing Tutorial", a notebook of 2013, cell by cell in Java: engines addressed by
 * number. The notebook's cell stands above each step.
 *
 * <pre>{@code ./gridctl run -n 2 samples/src/main/java/io/gridctl/samples/SecondWalkthrough.java}</pre>
 */
public final class SecondWalkthrough {
    private SecondWalkthrough() {}

    /**
     * Runs the walkthrough on the running grid.
     *
     * @param args none
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        // rc = Client()
        try (Grid grid = Grid.connect()) {
            run(grid, System.out);
        }
    }

    static void run(Grid grid, PrintStream out) throws InterruptedException {
        // rc.ids
        List<Integer> ids = grid.ids();
        out.println("engines: " + ids);

        // dview = rc[:]
        DirectView all = grid.engines();

        // %px print 'ciao'
        px(all, out, "System.out.println(\"ciao\");");

        // %px import os           nothing to do: java.lang is imported
        // %px print os.getpid()
        px(all, out, "System.out.println(ProcessHandle.current().pid());");

        // %px from numpy.random import randint
        // %px a = rand(5)
        // %px print a
        px(all, out, "import java.util.Random;");
        px(all, out, "double[] a = new Random().doubles(5).toArray();");
        px(all, out, "System.out.println(Arrays.toString(a));");

        // dview['a']
        List<double[]> arrays = all.pull("a");
        arrays.forEach(a -> out.println("pulled a: " + Arrays.toString(a)));

        // dview['b'] = 3
        all.push("b", 3);
        out.println("pulled b: " + all.pull("b"));

        // parallel_result = dview.map_sync(lambda x: x**10, arange(32))
        List<Integer> numbers = IntStream.range(0, 32).boxed().toList();
        List<Double> parallelResult = all.map(x -> Math.pow(x, 10), numbers);

        // serial_result = map(lambda x:x**10, arange(32))
        List<Double> serialResult = numbers.stream().map(x -> Math.pow(x, 10)).toList();

        // (parallel_result == serial_result)
        out.println("parallel result equals serial result: " + parallelResult.equals(serialResult));

        // dview.block=True        nothing to set: apply waits for its values, applyAsync does not
        // dview['a'] = 5
        // dview['b'] = 10
        // dview.apply(lambda x: a+b+x, 27)
        all.push("a", 5);
        all.push("b", 10);
        List<Integer> sums = all.apply((ns, x) -> ns.<Integer>get("a") + ns.<Integer>get("b") + x, 27);
        out.println("apply: " + sums);

        // ar = dview.apply_async(lambda x: a+b+x, 33)
        AsyncResult<List<Integer>> later =
                all.applyAsync((ns, x) -> ns.<Integer>get("a") + ns.<Integer>get("b") + x, 33);

        // ar.get()
        out.println("applyAsync: " + later.await());

        // dview.targets = 0
        // ar0 = dview.apply_async(lambda x: a+b+x, 27)
        int first = ids.get(0);
        AsyncResult<Integer> ar0 =
                grid.engine(first).applyAsync((ns, x) -> ns.<Integer>get("a") + ns.<Integer>get("b") + x, 27);

        // dview.targets = 1
        // ar1 = dview.apply_async(lambda x: a+b+x, 33)
        int last = ids.get(ids.size() - 1);
        AsyncResult<Integer> ar1 =
                grid.engine(last).applyAsync((ns, x) -> ns.<Integer>get("a") + ns.<Integer>get("b") + x, 33);

        // print ar0.get(), ar1.get()
        out.println("one function each: " + ar0.await() + " " + ar1.await());

        // dview.targets = [0,1]   all of them again
        // dview.scatter('a',arange(16))
        all.scatter("a", IntStream.range(0, 16).toArray());

        // dview.gather('a')
        out.println("gathered: " + Arrays.toString(all.gather("a", int[].class)));

        // dview['a']
        List<int[]> parts = all.pull("a");
        parts.forEach(part -> out.println("a part: " + Arrays.toString(part)));
    }

    /** Runs code given as text, and prints what it prints, each line with its engine. */
    private static void px(DirectView view, PrintStream out, String code) throws InterruptedException {
        AsyncResult<?> result = view.executeAsync(code);
        result.await();
        out.print(result.stdout());
    }
}
