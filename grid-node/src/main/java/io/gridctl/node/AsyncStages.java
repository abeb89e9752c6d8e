package io.gridctl.node;

import com.hazelcast.internal.util.ConcurrencyUtil;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Keeps Hazelcast from starting a thread for every asynchronous stage. Where the JVM's common pool has parallelism 1,
 * on any machine or container with up to two cores, that is what it does, three threads a task on a client, and a
 * round trip takes three times as long. This gives Hazelcast, and nobody else in the JVM, a small pool instead.
 */
public final class AsyncStages {
    private AsyncStages() {}

    private static final class Installed {
        static final boolean DONE = install();

        private static boolean install() {
            if (ForkJoinPool.getCommonPoolParallelism() > 1) {
                return false;
            }
            ThreadPoolExecutor pool =
                    new ThreadPoolExecutor(2, 2, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                        Thread thread = new Thread(task, "grid-hazelcast-stage");
                        thread.setDaemon(true);
                        return thread;
                    });
            pool.allowCoreThreadTimeOut(true);
            ConcurrencyUtil.setDefaultAsyncExecutor(pool);
            return true;
        }
    }

    /**
     * Makes sure of it, once per JVM and before the first member or client starts.
     *
     * @return whether it was needed
     */
    public static boolean ensure() {
        return Installed.DONE;
    }
}
