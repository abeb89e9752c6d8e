package io.gridctl.node.client;

import io.gridctl.node.task.CurrentSlot;

/** How many tasks, and bytes of their arguments, may be open at the same time. Safe for several threads. */
final class Window {
    private static final int DEFAULT_TASKS = 100_000;
    private static final long DEFAULT_BYTES = 256L << 20;

    private final int tasks;
    private final long bytes;
    private int openTasks;
    private long openBytes;

    Window(int tasks, long bytes) {
        if (tasks < 1 || bytes < 1) {
            throw new IllegalArgumentException("a window of " + tasks + " tasks and " + bytes
                    + " bytes lets nothing through; both must be at least 1");
        }
        this.tasks = tasks;
        this.bytes = bytes;
    }

    static Window ofDefaultSize() {
        return new Window(DEFAULT_TASKS, DEFAULT_BYTES);
    }

    int tasks() {
        return tasks;
    }

    long bytes() {
        return bytes;
    }

    /** Takes room for a task if there is some; one that is larger than the window passes when nothing else is open. */
    synchronized boolean tryEnter(long size) {
        if (openTasks >= tasks || (openBytes + size > bytes && openTasks > 0)) {
            return false;
        }
        openTasks++;
        openBytes += size;
        return true;
    }

    /** Waits for room; a task of the grid lends its slot meanwhile. */
    void enter(long size) throws InterruptedException {
        CurrentSlot.Loan loan = CurrentSlot.lend();
        try {
            synchronized (this) {
                while (!tryEnter(size)) {
                    wait();
                }
            }
        } finally {
            loan.end();
        }
    }

    synchronized void leave(long size) {
        boolean full = openTasks >= tasks || openBytes >= bytes / 2;
        openTasks--;
        openBytes -= size;
        if (full) {
            notifyAll();
        }
    }
}
