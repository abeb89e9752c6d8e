package io.gridctl.samples;

import io.gridctl.DirectView;
import io.gridctl.Grid;
import io.gridctl.LoadBalancedView;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * "Parallel iPython", a blog post of 4 June 2013, step by step in Java: from starting engines to running a function of
 * one's own over one's own data. The line of the post stands above each step.
 *
 * <pre>{@code ./gridctl run -n 4 samples/src/main/java/io/gridctl/samples/FirstWalkthrough.java}</pre>
 */
public final class FirstWalkthrough {
    private FirstWalkthrough() {}

    /**
     * Runs the walkthrough on the running grid.
     *
     * @param args none
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        // ipcluster start -n 4    gridctl start -n 4, before this program; `gridctl run -n 4` does both
        // c = Client()
        try (Grid grid = Grid.connect()) {
            run(grid, System.out);
        }
        // ipcluster stop          gridctl stop
    }

    static void run(Grid grid, PrintStream out) throws InterruptedException {
        out.println("connected to " + grid.ids().size() + " engines: " + grid.ids());

        // lbv = c.load_balanced_view()
        LoadBalancedView balanced = grid.loadBalanced();

        // lbv.block = True        nothing to set: map waits for its values, mapAsync does not

        // lbv.map(lambda x:x**10, range(32))
        List<Integer> numbers = IntStream.range(0, 32).boxed().toList();
        List<Long> powers = balanced.map(x -> power(x, 10), numbers);
        out.println("x to the tenth for x in 0..31: " + powers);

        // c[:].execute('import numpy')
        //                         nothing to do: an import is the compiler's business, and the classes that code uses
        //                         travel with it
        DirectView all = grid.engines();
        out.println("imports on the engines: none needed");

        // c[:]['my_var'] = my_var
        double myVar = 0.5;
        all.push("my_var", myVar);
        out.println("my_var on every engine: " + all.pull("my_var"));

        // output = lbv.map(lambda x: my_package.my_fun(var1,var2,var3,x),
        //                  zip(list_of_arrays1,list_of_arrays2,list_of_arrays3))
        int var1 = 2;
        double var2 = 0.25;
        String var3 = "max";
        List<double[]> arrays1 = arrays(12, 1);
        List<double[]> arrays2 = arrays(12, 2);
        List<double[]> arrays3 = arrays(12, 3);
        List<ZippedUpArrays> zipped = zip(arrays1, arrays2, arrays3);
        List<Double> output = balanced.map(x -> MyPackage.myFun(var1, var2, var3, x), zipped);
        out.println("my_fun over three zipped lists: " + output);

        // the same without a grid
        List<Double> serial =
                zipped.stream().map(x -> MyPackage.myFun(var1, var2, var3, x)).toList();
        out.println("same as in serial: " + output.equals(serial));

        // The only problem...     results belong to this program and go with it; a name that is no longer needed is
        //                         removed from the engines
        all.remove("my_var");
        out.println("names left on the engines: " + all.names());
    }

    private static long power(long base, int exponent) {
        long result = 1;
        for (int i = 0; i < exponent; i++) {
            result *= base;
        }
        return result;
    }

    /** So many arrays of four numbers, the same ones each time. */
    private static List<double[]> arrays(int count, int seed) {
        return IntStream.range(0, count)
                .mapToObj(i -> IntStream.range(0, 4)
                        .mapToDouble(j -> (i * 7 + j * 3 + seed) % 11)
                        .toArray())
                .toList();
    }

    private static List<ZippedUpArrays> zip(List<double[]> first, List<double[]> second, List<double[]> third) {
        List<ZippedUpArrays> zipped = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            zipped.add(new ZippedUpArrays(first.get(i), second.get(i), third.get(i)));
        }
        return zipped;
    }
}

/** One item of the three lists, as Python's {@code zip} gives it. */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record ZippedUpArrays(double[] first, double[] second, double[] third) {}

/** Stands for a package of one's own, which no engine has ever seen. */
final class MyPackage {
    private MyPackage() {}

    /** The post's {@code my_fun}: three settings that stay the same, and data that differ from call to call. */
    static double myFun(int var1, double var2, String var3, ZippedUpArrays data) {
        double[] combined = new double[data.first().length];
        for (int i = 0; i < combined.length; i++) {
            combined[i] = Math.pow(data.first()[i], var1) + var2 * data.second()[i] * data.third()[i];
        }
        return var3.equals("max")
                ? Arrays.stream(combined).max().orElseThrow()
                : Arrays.stream(combined).sum();
    }
}
