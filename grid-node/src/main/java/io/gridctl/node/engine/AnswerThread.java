package io.gridctl.node.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Sends the answers of slots that have further work, one after the other. To put an answer on its way takes longer than
 * to begin the next task. The thread is there while it is needed and a little longer.
 */
final class AnswerThread implements Executor, AutoCloseable {
    private static final long IDLE_SECONDS = 5;
    private static final int WAITING = 8;

    private final ThreadPoolExecutor thread;

    AnswerThread(int engineId) {
        thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING),
                work -> {
                    Thread made = new Thread(null, work, "grid-answers-" + engineId, 0, false);
                    made.setDaemon(true);
                    return made;
                },
                // There is more to send than it can, or it has ended as the engine does: the slot sends it.
                (answer, ended) -> answer.run());
        thread.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable answer) {
        thread.execute(answer);
    }

    /** What it was given goes out. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
