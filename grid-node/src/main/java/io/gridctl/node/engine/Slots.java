package io.gridctl.node.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** The threads that run user code, and the queue in front of them. */
final class Slots implements AutoCloseable {
    private final BlockingQueue<EngineTask> queue = new LinkedBlockingQueue<>();
    private final List<Slot> slots = new ArrayList<>();
    private final TaskRunner runner;
    private final SlotThreads threads;

    private final class Slot implements Runnable {
        private final Thread thread;
        private volatile @Nullable EngineTask running;
        private volatile boolean closed;

        Slot(String name) {
            thread = threads.make(name, this);
        }

        @Override
        public void run() {
            TaskRunner.Memory memory = new TaskRunner.Memory();
            while (!closed) {
                try {
                    EngineTask task = queue.poll();
                    if (task == null) {
                        // While it is idle, it holds nothing of any program.
                        memory.forget();
                        task = queue.take();
                    }
                    running = task;
                    runner.run(task, memory);
                } catch (InterruptedException e) {
                    // Either the slot is closed, or an interrupt that was aimed at a task came after its end.
                } finally {
                    running = null;
                }
            }
        }
    }

    Slots(int engineId, int count, TaskRunner runner, SlotThreads threads) {
        this.runner = runner;
        this.threads = threads;
        for (int number = 0; number < count; number++) {
            Slot slot = new Slot("grid-slot-" + engineId + "." + number);
            slots.add(slot);
            slot.thread.start();
        }
    }

    void submit(List<EngineTask> tasks) {
        queue.addAll(tasks);
    }

    int running() {
        return (int) slots.stream().filter(slot -> slot.running != null).count();
    }

    int waiting() {
        return (int) queue.stream().filter(EngineTask::isWaiting).count();
    }

    /** The running task if there is one slot, else null. */
    @Nullable
    EngineTask only() {
        return slots.size() == 1 ? slots.get(0).running : null;
    }

    @Override
    public void close() {
        queue.clear();
        for (Slot slot : slots) {
            slot.closed = true;
            slot.thread.interrupt();
        }
    }
}
