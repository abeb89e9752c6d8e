package io.gridctl.node.cluster;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells how long an engine has been silent. It is asked once a second; any answer ends the silence. Time counts only
 * while whoever listens was awake: after a laptop has slept, or this process was stopped, not a second of that is held
 * against the engine. Confined to one thread, but for the answers.
 */
public final class Pulse {
    /** From here on an engine is suspected to hang, which may just as well be a long collection of garbage. */
    public static final Duration SUSPECT = Duration.ofSeconds(5);

    /** From here on it is taken to hang. Rather long: killing an engine that only is slow loses its work. */
    static final Duration HUNG = Duration.ofSeconds(30);

    private static final long ASK_EVERY = Duration.ofSeconds(1).toNanos();

    /** Whoever looks does so far more often; a longer step means that it could not. */
    private static final long LONGEST_STEP = Duration.ofSeconds(1).toNanos();

    /** How an engine is asked. */
    public interface Question {
        /**
         * Asks without waiting.
         *
         * @param answered is called, on any thread, if and when there is an answer
         */
        void ask(Runnable answered);
    }

    private final Question question;
    private final AtomicBoolean answered = new AtomicBoolean();
    private long looked;
    private long sinceAsked = ASK_EVERY;
    private long silent;

    /**
     * Nobody has been asked yet.
     *
     * @param question how the engine is asked
     * @param now nanoseconds that never go back, as {@link System#nanoTime}
     */
    public Pulse(Question question, long now) {
        this.question = question;
        this.looked = now;
    }

    /**
     * Listens, and asks again when it is time.
     *
     * @param now nanoseconds by the same clock
     * @return how long there was no answer
     */
    public Duration silence(long now) {
        long step = Math.min(now - looked, LONGEST_STEP);
        looked = now;
        silent = answered.getAndSet(false) ? 0 : silent + step;
        sinceAsked += step;
        if (sinceAsked >= ASK_EVERY) {
            sinceAsked = 0;
            question.ask(() -> answered.set(true));
        }
        return Duration.ofNanos(silent);
    }
}
