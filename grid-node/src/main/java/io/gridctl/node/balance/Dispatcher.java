package io.gridctl.node.balance;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives waiting work to engines.
 *
 * <p>Work waits here, in its job's source; an engine holds what its slots can start plus a little ({@link FrameSize}).
 * Jobs take turns, a frame each, so that a single task does not wait for a million others. Every event ends in the
 * {@link Matcher}: as long as there is work that an engine could start, it is sent. Without engines work waits.
 *
 * <p><b>Loss.</b> What a lost engine had not answered is under suspicion. A suspect runs alone: on an engine that holds
 * nothing else and is given nothing else until it ends. Only a work that was alone is blamed for a loss, and after
 * {@value #MAX_BLAMED} of those it is given up; so a work is started at most {@value #MAX_BLAMED} times plus once in
 * company. A work of several units that was lost is split, and its pieces run alone, until the one unit is found. Suspects
 * come before other work, but while other work waits they take half of the engines at most (one, if
 * there is one). With several slots an engine is hardly ever empty by chance, so one is kept from new work until it
 * is; if that lasts, it becomes another's turn.
 *
 * <p><b>Threads.</b> Any thread may call any method; none blocks for long. One lock guards all state, including that of
 * the package's other classes. Engines and given-up works are called after it has been released, by the thread that
 * reported the event. The cost of an event is a scan over the engines at most, and nothing if no work waits; it does not
 * depend on how much work waits.
 *
 * @param <T> the works
 */
public final class Dispatcher<T extends Work> implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    /** How many engines a work may lose while it is alone. */
    public static final int MAX_BLAMED = 3;

    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();

    // All below are guarded by the lock.
    private final Seats<T> seats = new Seats<>();
    private final Lanes<T> lanes = new Lanes<>();
    private final Reservation<T> reservation;
    private final Matcher<T> matcher;
    private final Answers<T> answers;
    private boolean closed;

    /**
     * A dispatcher of works that have one unit each.
     *
     * @param clock nanoseconds that never go back, as {@link System#nanoTime}
     */
    public Dispatcher(LongSupplier clock) {
        this(clock, (work, units) -> {
            throw new IllegalStateException("a work of one unit cannot be split");
        });
    }

    /**
     * A dispatcher without engines.
     *
     * @param clock nanoseconds that never go back, as {@link System#nanoTime}
     * @param splitter splits works of several units
     */
    public Dispatcher(LongSupplier clock, Splitter<T> splitter) {
        this.clock = requireNonNull(clock, "clock");
        reservation = new Reservation<>(clock, seats);
        matcher = new Matcher<>(clock, seats, lanes, reservation, requireNonNull(splitter, "splitter"));
        answers = new Answers<>(seats, lanes, splitter);
    }

    /**
     * An engine is there and takes work. For one that was draining: it takes work again.
     *
     * @param port the engine; nothing changes if it takes work already
     * @throws IllegalArgumentException if it has no slots
     */
    public void join(EnginePort<T> port) {
        int slots = port.slots();
        if (slots < 1) {
            throw new IllegalArgumentException("port: engine " + port.engineId() + " has " + slots + " slots");
        }
        event(outbox -> seats.take(port, slots));
    }

    /**
     * An engine gets no new work. What it holds goes on and is reported as before.
     *
     * @param port the engine; nothing changes if it is unknown
     */
    public void drain(EnginePort<T> port) {
        event(outbox -> {
            Seat<T> seat = seats.find(port);
            if (seat != null) {
                seats.stopTaking(seat);
                reservation.release(seat);
            }
        });
    }

    /**
     * An engine is lost. Its unanswered works become suspects, those that were cancelled meanwhile are dropped, and one
     * that was alone for the last time is given up. Later events of this engine are ignored.
     *
     * @param port the engine; nothing changes if it is unknown
     */
    public void leave(EnginePort<T> port) {
        event(outbox -> {
            Seat<T> seat = seats.remove(port);
            if (seat != null) {
                reservation.release(seat);
                answers.lost(seat, clock.getAsLong(), outbox);
            }
        });
    }

    /**
     * Adds a job that asks for nothing.
     *
     * @param source its works
     * @return the job, for {@link #refilled}
     * @throws IllegalStateException if this dispatcher is closed
     */
    public Job<T> submit(WorkSource<T> source) {
        return submit(source, JobRules.defaults());
    }

    /**
     * Adds a job.
     *
     * @param source its works, pulled in order when engines have room; the dispatcher's own from now on, unless it is
     *     made to be refilled by other threads
     * @param rules how they are given out
     * @return the job, for {@link #refilled}
     * @throws IllegalStateException if this dispatcher is closed
     */
    public Job<T> submit(WorkSource<T> source, JobRules rules) {
        Job<T> job = new Job<>(requireNonNull(source, "source"), requireNonNull(rules, "rules"));
        if (!event(outbox -> lanes.addLast(job))) {
            throw new IllegalStateException("the dispatcher is closed");
        }
        return job;
    }

    /**
     * A source that had nothing to give may have something now.
     *
     * @param job the source's job
     */
    public void refilled(Job<T> job) {
        event(outbox -> {
            job.refilled();
            if (job.mayHaveWork()) {
                lanes.addLast(job);
            }
        });
    }

    /**
     * A work has run, well or not.
     *
     * @param port where
     * @param work which
     * @param ranNanos how long it ran; negative if it did not, or nobody knows
     * @return whether this engine held the work; if not, the event was ignored
     */
    public boolean ended(EnginePort<T> port, T work, long ranNanos) {
        return answered(port, List.of(work), new long[] {ranNanos}, List.of(), List.of()) == 1;
    }

    /**
     * An engine did not start these works, nor will it: they are the next of their jobs. It is given no more than its
     * free slots can start until a work ends there. An engine that cannot take work at all should be {@link #drain
     * drained} first, or it may well be offered the same again.
     *
     * @param port which engine
     * @param works the works, in the order of the frame; those it does not hold are ignored
     */
    public void handedBack(EnginePort<T> port, List<T> works) {
        answered(port, List.of(), new long[0], works, List.of());
    }

    /**
     * A frame has answered without this work, which still runs: it keeps its slot until it has {@link #ended}.
     *
     * @param port which engine
     * @param work the work; nothing changes if the engine does not hold it
     */
    public void late(EnginePort<T> port, T work) {
        answered(port, List.of(), new long[0], List.of(), List.of(work));
    }

    /**
     * A work that runs waits for others, and another may run in its place; or it goes on. Works that it may wait for are
     * sent even where it was to be alone.
     *
     * @param port which engine
     * @param work the work; nothing changes if the engine does not hold it
     * @param lent whether another may run
     */
    public void lends(EnginePort<T> port, T work, boolean lent) {
        event(outbox -> {
            Seat<T> seat = seats.find(port);
            if (seat != null) {
                answers.lends(seat, work, lent);
            }
        });
    }

    /**
     * A work of several units comes back in parts: the engine holds these works instead. What becomes of each of them is
     * reported next.
     *
     * @param port which engine
     * @param whole the work; nothing changes if the engine does not hold it
     * @param pieces works that together are the whole, at least one
     */
    public void split(EnginePort<T> port, T whole, List<T> pieces) {
        lock.lock();
        try {
            Seat<T> seat = seats.find(port);
            if (seat != null) {
                answers.split(seat, whole, pieces);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * A frame's answer as one event: the works that ended, were handed back, or are late. The same as the single events
     * one after the other, but new work is chosen once, with all of it known.
     *
     * @param port which engine
     * @param ended the works that have run
     * @param ranNanos how long each of them ran; negative where nobody knows
     * @param handedBack the works it will not start, in the order of the frame
     * @param late the works that still run
     * @return how many of the ended works this engine held; the others were ignored
     * @throws IllegalArgumentException if there are not as many times as ended works
     */
    public int answered(EnginePort<T> port, List<T> ended, long[] ranNanos, List<T> handedBack, List<T> late) {
        if (ended.size() != ranNanos.length) {
            throw new IllegalArgumentException(
                    "ranNanos: " + ranNanos.length + " times for " + ended.size() + " ended works");
        }
        int[] held = {0};
        event(outbox -> {
            Seat<T> seat = seats.find(port);
            if (seat == null) {
                return;
            }
            int index = 0;
            for (T work : ended) {
                held[0] += answers.ended(seat, work, ranNanos[index++]) ? 1 : 0;
            }
            for (T work : late) {
                answers.late(seat, work);
            }
            answers.handedBack(seat, handedBack);
        });
        return held[0];
    }

    /**
     * Works have been cancelled. They are dropped when their turn comes, told or not; but a cancelled suspect may keep
     * an engine waiting for it, which ends now. A cancelled work that an engine holds keeps its slot until it has
     * {@link #ended}.
     */
    public void cancelled() {
        event(outbox -> {});
    }

    /**
     * Sends nothing more, forgets all works and engines, and ignores later events. What becomes of unfinished works is
     * their owner's affair. May be called twice.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            seats.clear();
            lanes.clear();
            reservation.release();
        } finally {
            lock.unlock();
        }
    }

    /** Changes the state, sends what can be sent then, and tells engines and works of it; false if this is closed. */
    private boolean event(Consumer<Outbox<T>> change) {
        Outbox<T> outbox = new Outbox<>();
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            change.accept(outbox);
            matcher.match(outbox);
        } finally {
            lock.unlock();
        }
        deliver(outbox);
        return true;
    }

    /** After the lock has been released. */
    private void deliver(Outbox<T> outbox) {
        for (Outbox.GivenUp<T> givenUp : outbox.givenUp()) {
            log.info(
                    "a work is given up after {} engines were lost under it",
                    givenUp.history().losses().size());
            try {
                givenUp.work().lost(givenUp.history());
            } catch (RuntimeException broken) {
                log.error("a given-up work could not be told", broken);
            }
        }
        for (Outbox.Sending<T> sending : outbox.sendings()) {
            try {
                sending.port().send(sending.frame());
            } catch (RuntimeException broken) {
                // Must not happen. What never left goes elsewhere; this engine is not tried again.
                log.error(
                        "engine {} cannot be sent to and gets no more work",
                        sending.port().engineId(),
                        broken);
                drain(sending.port());
                handedBack(sending.port(), sending.frame());
            }
        }
    }
}
