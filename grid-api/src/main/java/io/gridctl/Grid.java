package io.gridctl;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;

/**
 * A program's hold on a grid: all engines that share a name and a key.
 *
 * <pre>{@code
 * try (Grid grid = Grid.connect()) {
 *     DirectView all = grid.engines();
 *     all.push("a", 5);
 *     List<Integer> r = all.apply(ns -> ns.<Integer>get("a") + 27);
 *
 *     LoadBalancedView balanced = grid.loadBalanced();
 *     List<Double> out = balanced.map(x -> Math.pow(x, 10), numbers);
 * }
 * }</pre>
 *
 * <p>Any number of threads may use one grid and its views at once. Closing it leaves the engines and their values as
 * they are, except for a grid of {@link #local}, whose engines end with it.
 *
 * <p>A task may use a grid, too, the one it runs on included. While the task's own thread waits in a method of this API, or
 * for a future that one returned or derived from that, another task may run on its slot; it goes on once no other task
 * runs there. So nested calls do not wait for each other in vain, to any depth; limits of running time count on. A wait
 * that the grid cannot see, as for futures composed by {@code CompletableFuture.allOf} or for a latch, is found out after
 * a moment. Other threads of a task lend nothing. In a process of {@code gridctl}'s, {@link #connect()} finds the grid
 * of the engine.
 */
public interface Grid extends AutoCloseable {
    /**
     * Connects to the running grid: the one whose connection file the environment variable {@code GRIDCTL_GRID} names,
     * or else the only one that runs on this machine for this user.
     *
     * @return a connection that the caller closes
     * @throws GridNotFoundException if none runs, or several do
     * @throws GridConnectionException if it cannot be reached
     * @throws InterruptedException if this thread is interrupted while it connects
     */
    static Grid connect() throws InterruptedException {
        return connect(ConnectOptions.defaults());
    }

    /**
     * Connects to the grid of a name on this machine.
     *
     * @param name the name given to {@code gridctl start --name}
     * @return a connection that the caller closes
     * @throws GridNotFoundException if there is none of that name
     * @throws GridConnectionException if it cannot be reached
     * @throws InterruptedException if this thread is interrupted while it connects
     */
    static Grid connect(String name) throws InterruptedException {
        return connect(ConnectOptions.defaults().withName(name));
    }

    /**
     * Connects to the grid that a connection file describes.
     *
     * @param connectionFile the file that {@code gridctl start} wrote
     * @return a connection that the caller closes
     * @throws GridNotFoundException if there is no such file
     * @throws GridConnectionException if the file is broken or the grid cannot be reached
     * @throws InterruptedException if this thread is interrupted while it connects
     */
    static Grid connect(Path connectionFile) throws InterruptedException {
        return connect(ConnectOptions.defaults().withFile(connectionFile));
    }

    /**
     * Connects to a grid, waiting for it and its engines as the options say.
     *
     * @param options which grid, how many engines, how long to wait
     * @return a connection that the caller closes
     * @throws GridNotFoundException if there is none
     * @throws GridConnectionException if it cannot be reached
     * @throws GridTimeoutException if the engines are not there in time
     * @throws InterruptedException if this thread is interrupted while it connects
     */
    static Grid connect(ConnectOptions options) throws InterruptedException {
        return provider().connect(options);
    }

    /**
     * Starts engines in this process, for trying things out and for tests: the same API, no other process, nothing
     * shipped. While such a grid is open, what its tasks print is kept apart from what the program itself prints. The
     * engines share the program's own classes, which are as they were loaded: a loop in them that takes no notice of its
     * interrupt goes on when its task is cancelled, and {@code System.exit} ends the process.
     *
     * @param engines how many, 1 to 64
     * @return a grid whose engines end when it is closed
     * @throws IllegalArgumentException if the number is out of range
     */
    static Grid local(int engines) {
        return provider().local(engines);
    }

    private static GridProvider provider() {
        return ServiceLoader.load(GridProvider.class, Grid.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new GridException(
                        "no implementation of the grid is on the class path; add io.gridctl:grid-node"));
    }

    /**
     * The grid's name.
     *
     * @return the name
     */
    String name();

    /**
     * The engines that are ready now.
     *
     * @return their ids, ascending; a copy
     */
    List<Integer> ids();

    /**
     * One engine: single values rather than lists.
     *
     * @param id its id
     * @return a view of it, which goes on with the id if the engine is replaced
     * @throws NoSuchEngineException if there is no such engine now
     */
    Engine engine(int id);

    /**
     * Every engine there is when a call begins, those that join later included.
     *
     * @return a view
     */
    DirectView engines();

    /**
     * Chosen engines, in the order given.
     *
     * @param ids their ids, at least one, none twice
     * @return a view
     * @throws NoSuchEngineException if one of them is not there now
     * @throws IllegalArgumentException if no id is given or one is given twice
     */
    DirectView engines(int... ids);

    /**
     * Engines by a rule, applied anew when a call begins.
     *
     * @param selector the rule
     * @return a view
     */
    DirectView engines(EngineSelector selector);

    /**
     * The view that lets the grid choose the engine.
     *
     * @return a view over all engines there are at any time
     */
    LoadBalancedView loadBalanced();

    /**
     * Waits until so many engines are ready.
     *
     * @param count how many, at least 1
     * @param timeout how long to wait
     * @return the ids of the engines that are ready
     * @throws GridTimeoutException if they are not there in time
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    List<Integer> awaitEngines(int count, Duration timeout) throws InterruptedException;

    /**
     * Has a listener told of engines that come and go from now on.
     *
     * @param listener the listener
     * @return closes it
     */
    Subscription onEngineChange(EngineListener listener);

    /**
     * A look at the grid and each engine. A busy engine answers at once; one that does not answer within two seconds
     * is listed with {@link EngineStatus#answered()} false.
     *
     * @return a snapshot
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    GridStatus status() throws InterruptedException;

    /**
     * What the grid holds: names and values, classes, outcomes that were not fetched yet, by size and owner. The values
     * stay where they are; only what there is to say of them is read. An engine that does not answer within two seconds
     * is listed with {@link GridMemory.EngineMemory#answered()} false.
     *
     * @return a snapshot
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    GridMemory memory() throws InterruptedException;

    /**
     * Cancels every call of functions and texts that was begun through this object and has not ended, as {@link
     * AsyncResult#cancel} does with true: who waits for one gets a {@link java.util.concurrent.CancellationException}. Calls
     * of other programs, and those through other grid objects, go on. Does not wait.
     *
     * @return how many calls that were
     */
    int cancelCalls();

    /**
     * Lets go of the grid. Calls that have not ended fail with {@link GridClosedException}: their waiting tasks are
     * dropped, their running ones are interrupted, since nobody is left to take their results. The same happens a
     * minute after a program has died. A second call does nothing.
     */
    @Override
    void close();
}
