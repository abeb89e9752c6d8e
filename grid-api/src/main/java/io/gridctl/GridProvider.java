package io.gridctl;

/**
 * The one door between this API and what implements it, found by {@link java.util.ServiceLoader}. A program never
 * names it.
 */
public interface GridProvider {
    /**
     * Connects to a running grid.
     *
     * @param options which one
     * @return a connection that the caller closes
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    Grid connect(ConnectOptions options) throws InterruptedException;

    /**
     * Starts engines in this process.
     *
     * @param engines how many, at least 1
     * @return a grid that ends with {@link Grid#close()}
     */
    Grid local(int engines);
}
