package io.gridctl.node.balance;

import static java.util.Objects.requireNonNull;

import io.gridctl.node.balance.Flight.Frame;
import io.gridctl.node.balance.Flight.Suspect;
import io.gridctl.node.balance.Flight.Suspicion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives waiting work to engines.
 *
 * <p>Work waits here, in its job's source; an engine holds what its slots can start plus a little ({@link FrameSize}).
 * Jobs take turns, a frame each, so that a single task does not wait for a million others. Every event ends in {@link
 * #match}: as long as there is work that an engine could start, it is sent. Without engines work waits.
 *
 * <p><b>Loss.</b> What a lost engine had not answered is under suspicion. A suspect runs alone: on an engine that holds
 * nothing else and is given nothing else until it ends. Only a work that was alone is blamed for a loss, and after
 * {@value #MAX_BLAMED} of those it is given up; so a work is started at most {@value #MAX_BLAMED} times plus once in
 * company. Suspects come before other work, but while other work waits they take half of the engines at most (one, if
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

    private static final long FIRST_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PATIENCE_NANOS = TimeUnit.HOURS.toNanos(1);

    private final LongSupplier clock;
    private final EngineChoice choice;
    private final ReentrantLock lock = new ReentrantLock();

    // All below are guarded by the lock.
    private final IdentityHashMap<EnginePort<T>, Seat<T>> seats = new IdentityHashMap<>();
    /** Those of them that take work. */
    private final List<Seat<T>> taking = new ArrayList<>();
    /** The jobs that may have work to run; the first is next. */
    private final ArrayDeque<Job<T>> ring = new ArrayDeque<>();

    private final ArrayDeque<Suspect<T>> suspects = new ArrayDeque<>();
    /** Slots of the engines that take work. */
    private int allSlots;

    private int soloSeats;
    /** The engine that is kept from new work until it is empty. */
    private @Nullable Seat<T> reserved;

    private long reservedNanos;
    private long patienceNanos = FIRST_PATIENCE_NANOS;
    private long counter;
    private boolean closed;

    /**
     * A dispatcher that prefers the least loaded engine.
     *
     * @param clock nanoseconds that never go back, as {@link System#nanoTime}
     */
    public Dispatcher(LongSupplier clock) {
        this(clock, EngineChoice.leastLoaded());
    }

    /**
     * A dispatcher without engines.
     *
     * @param clock nanoseconds that never go back, as {@link System#nanoTime}
     * @param choice which of several engines with room is preferred
     */
    public Dispatcher(LongSupplier clock, EngineChoice choice) {
        this.clock = requireNonNull(clock, "clock");
        this.choice = requireNonNull(choice, "choice");
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
        Outbox<T> outbox = new Outbox<>();
        lock.lock();
        try {
            if (closed) {
                return;
            }
            Seat<T> seat = seats.get(port);
            if (seat == null) {
                seat = new Seat<>(port, slots, ++counter);
                seats.put(port, seat);
            } else if (taking.contains(seat)) {
                return;
            }
            taking.add(seat);
            allSlots += seat.slots();
            match(outbox);
        } finally {
            lock.unlock();
            deliver(outbox);
        }
    }

    /**
     * An engine gets no new work. What it holds goes on and is reported as before.
     *
     * @param port the engine; nothing changes if it is unknown
     */
    public void drain(EnginePort<T> port) {
        Outbox<T> outbox = new Outbox<>();
        lock.lock();
        try {
            Seat<T> seat = seats.get(port);
            if (seat == null) {
                return;
            }
            stopGiving(seat);
            match(outbox);
        } finally {
            lock.unlock();
            deliver(outbox);
        }
    }

    /**
     * An engine is lost. Its unanswered works become suspects, those that were cancelled meanwhile are dropped, and one
     * that was alone for the last time is given up. Later events of this engine are ignored.
     *
     * @param port the engine; nothing changes if it is unknown
     */
    public void leave(EnginePort<T> port) {
        Outbox<T> outbox = new Outbox<>();
        lock.lock();
        try {
            Seat<T> seat = seats.remove(port);
            if (seat == null) {
                return;
            }
            stopGiving(seat);
            if (seat.solo) {
                soloSeats--;
            }
            putUnderSuspicion(seat, outbox);
            match(outbox);
        } finally {
            lock.unlock();
            deliver(outbox);
        }
    }

    /**
     * Adds a job.
     *
     * @param source its works, pulled in order when engines have room; the dispatcher's own from now on, unless it is
     *     made to be refilled by other threads
     * @return the job, for {@link #refilled}
     * @throws IllegalStateException if this dispatcher is closed
     */
    public Job<T> submit(WorkSource<T> source) {
        Job<T> job = new Job<>(requireNonNull(source, "source"));
        Outbox<T> outbox = new Outbox<>();
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the dispatcher is closed");
            }
            job.inRing = true;
            ring.addLast(job);
            match(outbox);
        } finally {
            lock.unlock();
            deliver(outbox);
        }
        return job;
    }

    /**
     * A source that had nothing to give may have something now.
     *
     * @param job the source's job
     */
    public void refilled(Job<T> job) {
        Outbox<T> outbox = new Outbox<>();
        lock.lock();
        try {
            job.refilled();
            if (closed || job.inRing || !job.mayHaveWork()) {
                return;
            }
            job.inRing = true;
            ring.addLast(job);
            match(outbox);
        } finally {
            lock.unlock();
            deliver(outbox);
        }
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
        Outbox<T> outbox = new Outbox<>();
        int held = 0;
        lock.lock();
        try {
            Seat<T> seat = seats.get(port);
            if (seat == null) {
                return 0;
            }
            int index = 0;
            for (T work : ended) {
                held += end(seat, work, ranNanos[index++]) ? 1 : 0;
            }
            for (T work : late) {
                markLate(seat, work);
            }
            takeBack(seat, handedBack);
            match(outbox);
        } finally {
            lock.unlock();
            deliver(outbox);
        }
        return held;
    }

    /**
     * Works have been cancelled. They are dropped when their turn comes, told or not; but a cancelled suspect may keep
     * an engine waiting for it, which ends now. A cancelled work that an engine holds keeps its slot until it has
     * {@link #ended}.
     */
    public void cancelled() {
        Outbox<T> outbox = new Outbox<>();
        lock.lock();
        try {
            match(outbox);
        } finally {
            lock.unlock();
            deliver(outbox);
        }
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
            taking.clear();
            ring.clear();
            suspects.clear();
            reserved = null;
            allSlots = 0;
            soloSeats = 0;
        } finally {
            lock.unlock();
        }
    }

    // ---- what engines report

    private boolean end(Seat<T> seat, T work, long ranNanos) {
        Flight<T> flight = seat.flights.remove(work);
        if (flight == null) {
            return false;
        }
        seat.refused = false;
        if (ranNanos >= 0) {
            flight.job.paceToUpdate(seat).ran(ranNanos);
        }
        settle(seat, flight);
        return true;
    }

    private void markLate(Seat<T> seat, T work) {
        Flight<T> flight = seat.flights.get(work);
        if (flight != null && !flight.late) {
            flight.late = true;
            seat.late++;
            answerOne(seat, flight);
        }
    }

    private void takeBack(Seat<T> seat, List<T> works) {
        // From last to first, each before those already put back, so that the order stays.
        for (int i = works.size() - 1; i >= 0; i--) {
            Flight<T> flight = seat.flights.remove(works.get(i));
            if (flight == null) {
                continue;
            }
            seat.refused = true;
            flight.frame.handedBack = true;
            settle(seat, flight);
            if (flight.work.isEnded()) {
                continue;
            }
            if (flight.suspicion != null) {
                suspects.addFirst(new Suspect<>(flight.work, flight.job, flight.suspicion));
                continue;
            }
            Job<T> job = flight.job;
            job.putBack(flight.work);
            if (!job.inRing) {
                // It has had its turn, and this undoes it.
                job.inRing = true;
                ring.addFirst(job);
            }
        }
    }

    /** The engine is done with a work. */
    private void settle(Seat<T> seat, Flight<T> flight) {
        if (flight.late) {
            seat.late--;
        } else {
            answerOne(seat, flight);
        }
        if (seat.solo && seat.flights.isEmpty()) {
            seat.solo = false;
            soloSeats--;
        }
    }

    private void answerOne(Seat<T> seat, Flight<T> flight) {
        Frame frame = flight.frame;
        if (--frame.open > 0) {
            return;
        }
        seat.openFrames--;
        Pace pace = flight.job.paceToUpdate(seat);
        if (frame.handedBack) {
            pace.tooMuch(frame.size);
        } else {
            pace.proved(frame.size);
        }
    }

    private void stopGiving(Seat<T> seat) {
        if (taking.remove(seat)) {
            allSlots -= seat.slots();
        }
        if (reserved == seat) {
            reserved = null;
        }
    }

    private void putUnderSuspicion(Seat<T> seat, Outbox<T> outbox) {
        long now = clock.getAsLong();
        List<Flight<T>> flights = new ArrayList<>(seat.flights.values());
        flights.sort(Comparator.comparingLong(flight -> flight.number));
        boolean alone = flights.size() == 1;
        int before = suspects.size();
        for (Flight<T> flight : flights) {
            if (flight.work.isEnded()) {
                continue;
            }
            Suspicion suspicion = flight.suspicion != null ? flight.suspicion : new Suspicion();
            suspicion.add(new LossHistory.Loss(seat.engineId(), seat.port.incarnation(), flight.sentNanos, now, alone));
            if (suspicion.blamed() >= MAX_BLAMED) {
                outbox.giveUp(flight.work, suspicion.history());
            } else {
                suspects.addLast(new Suspect<>(flight.work, flight.job, suspicion));
            }
        }
        log.debug(
                "engine {} left with {} works unanswered, {} of them to run alone",
                seat.engineId(),
                flights.size(),
                suspects.size() - before);
    }

    // ---- matching

    /** Sends whatever can be sent. Ends each event, so that no engine idles while there is work for it. */
    private void match(Outbox<T> outbox) {
        boolean progress = !taking.isEmpty();
        while (progress) {
            progress = placeSuspect(outbox) || placeFrame(outbox);
        }
    }

    /** Sends the next suspect to an empty engine, or sees to it that an engine becomes empty. */
    private boolean placeSuspect(Outbox<T> outbox) {
        while (!suspects.isEmpty() && suspects.getFirst().work().isEnded()) {
            suspects.removeFirst();
        }
        int limit = ring.isEmpty() ? Integer.MAX_VALUE : Math.max(1, taking.size() / 2);
        if (suspects.isEmpty() || soloSeats >= limit) {
            reserved = null;
            return false;
        }
        Seat<T> best = null;
        for (Seat<T> seat : taking) {
            if (seat.flights.isEmpty() && (best == null || isBetter(seat, best))) {
                best = seat;
            }
        }
        if (best == null) {
            reserve();
            return false;
        }
        Suspect<T> suspect = suspects.removeFirst();
        best.solo = true;
        soloSeats++;
        if (best == reserved) {
            reserved = null;
        }
        patienceNanos = FIRST_PATIENCE_NANOS;
        List<T> frame = new ArrayList<>(1);
        frame.add(suspect.work());
        launch(best, suspect.job(), frame, suspect.suspicion(), outbox);
        return true;
    }

    private void reserve() {
        long now = clock.getAsLong();
        if (reserved != null) {
            if (now - reservedNanos < patienceNanos) {
                return;
            }
            // Something long runs there. Next time wait longer, so that in the end it is enough for any work that ends.
            reserved.reservedInVain = ++counter;
            patienceNanos = Math.min(2 * patienceNanos, LONGEST_PATIENCE_NANOS);
            reserved = null;
        }
        for (Seat<T> seat : taking) {
            if (!seat.solo && (reserved == null || isSoonerEmpty(seat, reserved))) {
                reserved = seat;
                reservedNanos = now;
            }
        }
    }

    private static boolean isSoonerEmpty(Seat<?> one, Seat<?> other) {
        return one.reservedInVain != other.reservedInVain
                ? one.reservedInVain < other.reservedInVain
                : one.inFlight() < other.inFlight();
    }

    /** Sends one frame of the job whose turn it is. */
    private boolean placeFrame(Outbox<T> outbox) {
        // Only the first job is looked at, also where a later one could be sent ahead to a busy engine and this one
        // cannot: turns stay fair, and the cost does not grow with the number of jobs.
        Job<T> job = ring.peekFirst();
        if (job == null) {
            return false;
        }
        Seat<T> best = null;
        for (Seat<T> seat : taking) {
            if (!seat.solo
                    && seat != reserved
                    && FrameSize.of(seat, job, allSlots) > 0
                    && (best == null || isBetter(seat, best))) {
                best = seat;
            }
        }
        if (best == null) {
            return false;
        }
        List<T> frame = job.take(FrameSize.of(best, job, allSlots));
        ring.removeFirst();
        job.inRing = job.mayHaveWork();
        if (job.inRing) {
            ring.addLast(job);
        }
        if (!frame.isEmpty()) {
            launch(best, job, frame, null, outbox);
        }
        return true;
    }

    private boolean isBetter(Seat<T> one, Seat<T> other) {
        boolean oneStarts = one.freeSlots() > 0;
        boolean otherStarts = other.freeSlots() > 0;
        if (oneStarts != otherStarts) {
            return oneStarts;
        }
        if (one.refused != other.refused) {
            return other.refused;
        }
        return choice.compare(one, other) < 0;
    }

    private void launch(Seat<T> seat, Job<T> job, List<T> works, @Nullable Suspicion suspicion, Outbox<T> outbox) {
        long now = clock.getAsLong();
        Frame frame = new Frame(works.size());
        seat.openFrames++;
        seat.turn = ++counter;
        for (T work : works) {
            seat.flights.put(work, new Flight<>(work, job, frame, suspicion, ++counter, now));
        }
        outbox.send(seat.port, works);
    }

    // ---- after the lock has been released

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
