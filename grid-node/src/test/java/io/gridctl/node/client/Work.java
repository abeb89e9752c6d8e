package io.gridctl.node.client;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The body of a task that takes its time and no core, as one that waits for a disk or a service. */
final class Work {
    private Work() {}

    static void takes(long millis) throws InterruptedException {
        boolean opened = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        assert !opened;
    }
}
