package io.gridctl.node.engine;

import io.gridctl.node.task.CurrentSlot;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The threads that run user code, and the queue in front of them.
 *
 * <p><b>Lending.</b> As many tasks run at once as there are slots. A task that waits for a grid lends its slot, its thread
 * stays with it, and a spare thread runs what is queued. The task goes on when a slot is free again, before anything
 * queued begins. So with one slot user code never runs at the same time as other user code.
 *
 * <p><b>Unseen.</b> A task may also wait for its calls where nobody is told. A {@link CallWatch} finds out, and its slot
 * is lent to deeper tasks only, one of which it waits for. As it cannot be held when it goes on, one that was not among
 * them may still run then.
 *
 * <p><b>Depth.</b> A task that was called by a task is deeper than its caller, and begins before what is less deep: others
 * wait for it. Each task that waits keeps a thread, so while many wait, only deeper ones begin, {@link #MOST_LENT} more for
 * each depth. The deepest of those that wait has waited for something deeper still, which may begin: nothing stands still.
 */
final class Slots implements AutoCloseable {
    /** How many tasks of one depth may wait with their slots lent before no further ones of this depth begin. */
    static final int MOST_LENT = 64;

    /** How long a spare thread stays without work. */
    private static final long SPARE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String prefix;
    private final int count;
    private final TaskRunner runner;
    private final SlotThreads maker;
    private final Limiter timer;
    private final AnswerThread answers;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition slotFree = lock.newCondition();

    // All below are guarded by the lock. The deepest tasks come first.
    private final TreeMap<Integer, ArrayDeque<EngineTask>> queues = new TreeMap<>(Comparator.reverseOrder());
    private final Set<Slot> threads = new HashSet<>();
    private int free;
    private int idle;
    /** Threads whose slots are lent, and those that wait to have them back. */
    private int lent;

    private int returning;
    /** Those that lend unseen, and those of them that have gone on and have no slot yet. */
    private final Set<Slot> unseen = new HashSet<>();

    private final ArrayDeque<Slot> returningUnseen = new ArrayDeque<>();
    private int named;
    private boolean closed;

    private enum Loan {
        NONE,
        SEEN,
        UNSEEN,
        RETURNING_UNSEEN
    }

    /** Its monitor keeps what its task says of the loan in order; it is taken before the lock. */
    private final class Slot implements Runnable, CurrentSlot.Lender, CallWatch.Slot {
        private final Thread thread;
        private final boolean spare;
        private volatile @Nullable EngineTask running;
        private volatile Loan loan = Loan.NONE;
        /** Of the task that runs, if it has called a grid. The slot's thread. */
        private @Nullable CallWatch calls;

        Slot(String name, boolean spare) {
            thread = maker.make(name, this);
            this.spare = spare;
        }

        @Override
        public void run() {
            CurrentSlot.bind(this);
            SlotMemory memory = new SlotMemory();
            for (EngineTask task = next(this, memory, false); task != null; task = next(this, memory, true)) {
                running = task;
                try {
                    runner.run(task, memory, Slots.this::beside);
                } finally {
                    ended();
                }
            }
        }

        private void ended() {
            if (calls != null) {
                calls.end();
                calls = null;
            }
            running = null;
        }

        @Override
        public int depth() {
            EngineTask task = running;
            return task == null ? 0 : task.depth() + 1;
        }

        @Override
        public synchronized CurrentSlot.Loan lend() {
            EngineTask task = running;
            if (task == null || !release(this, Loan.SEEN)) {
                return CurrentSlot.nothing();
            }
            task.lends(true);
            return () -> {
                takeBack(this);
                goesOn(task);
            };
        }

        /** Unless it has been seen to wait again meanwhile. */
        private synchronized void goesOn(EngineTask task) {
            if (loan == Loan.NONE) {
                task.lends(false);
            }
        }

        @Override
        public Runnable called() {
            CallWatch watch = calls;
            if (watch == null) {
                watch = new CallWatch(thread, this, timer);
                calls = watch;
            }
            watch.called();
            return watch::callEnded;
        }

        @Override
        public synchronized void waitsUnseen() {
            EngineTask task = running;
            if (task != null && release(this, Loan.UNSEEN)) {
                task.lends(true);
            }
        }

        @Override
        public synchronized void goesOn() {
            EngineTask task = running;
            if (task != null && returnUnseen(this)) {
                task.lends(false);
            }
        }
    }

    Slots(int engineId, int count, TaskRunner runner, SlotThreads maker, Limiter timer) {
        this.prefix = "grid-slot-" + engineId + ".";
        this.count = count;
        this.runner = runner;
        this.maker = maker;
        this.timer = timer;
        answers = new AnswerThread(engineId);
        free = count;
        for (int number = 0; number < count; number++) {
            begin(false);
        }
    }

    private void begin(boolean spare) {
        Slot slot = new Slot(prefix + named++, spare);
        threads.add(slot);
        slot.thread.start();
    }

    void submit(List<EngineTask> tasks) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            for (EngineTask task : tasks) {
                ArrayDeque<EngineTask> queue = queues.computeIfAbsent(task.depth(), depth -> new ArrayDeque<>());
                // What was handed back meanwhile is not to pile up where nothing may begin.
                while (!queue.isEmpty() && !queue.getFirst().isWaiting()) {
                    queue.removeFirst();
                }
                queue.addLast(task);
            }
            wake();
        } finally {
            lock.unlock();
        }
    }

    /** The next task for a thread, null if the thread is to end. */
    private @Nullable EngineTask next(Slot slot, SlotMemory memory, boolean holdsSlot) {
        lock.lock();
        try {
            if (holdsSlot) {
                taskEnded(slot);
            }
            long left = SPARE_NANOS;
            while (!closed) {
                EngineTask task = poll();
                if (task != null) {
                    return task;
                }
                if (slot.spare && left <= 0) {
                    break;
                }
                // While it is idle, it holds nothing of any program.
                memory.forget();
                idle++;
                try {
                    if (slot.spare) {
                        left = work.awaitNanos(left);
                    } else {
                        work.await();
                    }
                } catch (InterruptedException late) {
                    // Either this is closed, or an interrupt that was aimed at a task came after its end.
                } finally {
                    idle--;
                }
            }
            threads.remove(slot);
            return null;
        } finally {
            lock.unlock();
        }
    }

    private boolean mayBegin(int depth) {
        return free > 0
                && returning == 0
                && lent < (long) Math.max(count, MOST_LENT) * (depth + 1L)
                && (free > unseen.size() || unseen.stream().anyMatch(slot -> slot.depth() <= depth));
    }

    private @Nullable EngineTask poll() {
        Map.Entry<Integer, ArrayDeque<EngineTask>> deepest = queues.firstEntry();
        if (deepest == null || !mayBegin(deepest.getKey())) {
            return null;
        }
        EngineTask task = deepest.getValue().removeFirst();
        if (deepest.getValue().isEmpty()) {
            queues.remove(deepest.getKey());
        }
        free--;
        // One thread wakes the next.
        wake();
        return task;
    }

    /** Done by the thread that has ended a task, unless another task waits for it to go on. */
    private void beside(Runnable answer) {
        boolean waits;
        lock.lock();
        try {
            waits = !queues.isEmpty();
        } finally {
            lock.unlock();
        }
        if (waits) {
            answers.execute(answer);
        } else {
            answer.run();
        }
    }

    /** Sees to it that a thread takes the first task, if that may begin. */
    private void wake() {
        if (closed || queues.isEmpty() || !mayBegin(queues.firstKey())) {
            return;
        }
        if (idle > 0) {
            work.signal();
        } else if (threads.size() - lent < count) {
            begin(true);
        }
    }

    private void freed() {
        free++;
        Slot goesOn = returningUnseen.pollFirst();
        if (goesOn != null) {
            returning--;
            regain(goesOn);
        } else if (returning > 0) {
            slotFree.signal();
        }
    }

    /** The task's thread has a slot again. */
    private void regain(Slot slot) {
        lent--;
        free--;
        slot.loan = Loan.NONE;
    }

    private void taskEnded(Slot slot) {
        switch (slot.loan) {
            case UNSEEN -> unseen.remove(slot);
            case RETURNING_UNSEEN -> {
                returningUnseen.remove(slot);
                returning--;
            }
            default -> {
                freed();
                return;
            }
        }
        // It ends without a slot.
        lent--;
        slot.loan = Loan.NONE;
        wake();
    }

    /** The calling thread's slot is free, and the thread stays with its task; false if nothing changes by that. */
    private boolean release(Slot slot, Loan how) {
        lock.lock();
        try {
            switch (slot.loan) {
                case NONE -> {
                    lent++;
                    slot.loan = how;
                    if (how == Loan.UNSEEN) {
                        unseen.add(slot);
                    }
                    freed();
                }
                case UNSEEN -> {
                    if (how == Loan.UNSEEN) {
                        return false;
                    }
                    unseen.remove(slot);
                    slot.loan = how;
                }
                case RETURNING_UNSEEN -> {
                    returningUnseen.remove(slot);
                    returning--;
                    slot.loan = how;
                    if (how == Loan.UNSEEN) {
                        unseen.add(slot);
                    }
                }
                case SEEN -> {
                    return false;
                }
            }
            wake();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void takeBack(Slot slot) {
        lock.lock();
        try {
            returning++;
            while (free == 0 && !closed) {
                slotFree.awaitUninterruptibly();
            }
            returning--;
            regain(slot);
            if (returning > 0 && free > 0) {
                slotFree.signal();
            }
            wake();
        } finally {
            lock.unlock();
        }
    }

    /** A thread that nobody could hold goes on: the next slot that is free is its own. False if it lends none unseen. */
    private boolean returnUnseen(Slot slot) {
        lock.lock();
        try {
            if (slot.loan != Loan.UNSEEN) {
                return false;
            }
            unseen.remove(slot);
            if (free > 0) {
                regain(slot);
            } else {
                slot.loan = Loan.RETURNING_UNSEEN;
                returning++;
                returningUnseen.addLast(slot);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private List<Slot> threads() {
        lock.lock();
        try {
            return List.copyOf(threads);
        } finally {
            lock.unlock();
        }
    }

    /** How many threads there are, spare ones included. */
    int threadCount() {
        return threads().size();
    }

    /** Tasks that could go on if others did not run in their place. */
    int returning() {
        lock.lock();
        try {
            return returning;
        } finally {
            lock.unlock();
        }
    }

    /** How many tasks have begun and not ended, those that wait with their slots lent included. */
    int running() {
        return (int) threads().stream().filter(slot -> slot.running != null).count();
    }

    int waiting() {
        lock.lock();
        try {
            return (int) queues.values().stream()
                    .flatMap(ArrayDeque::stream)
                    .filter(EngineTask::isWaiting)
                    .count();
        } finally {
            lock.unlock();
        }
    }

    /** The task that runs if there is one slot, else null. */
    @Nullable
    EngineTask only() {
        if (count > 1) {
            return null;
        }
        for (Slot slot : threads()) {
            EngineTask task = slot.running;
            if (task != null && slot.loan != Loan.SEEN && slot.loan != Loan.UNSEEN) {
                return task;
            }
        }
        return null;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            queues.clear();
            slotFree.signalAll();
            threads.forEach(slot -> slot.thread.interrupt());
        } finally {
            lock.unlock();
        }
        answers.close();
    }
}
