package io.gridctl.node.client;

import io.gridctl.node.cluster.Pulse;
import io.gridctl.node.task.EngineLoad;
import io.gridctl.node.task.LoadCall;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens whether engines answer, once somebody gives them work of their own choice. One that does not for a while is
 * suspected to hang; whether it is lost is the word of the membership.
 */
final class Heartbeats {
    private static final Logger log = LoggerFactory.getLogger(Heartbeats.class);
    private static final long LOOK_MILLIS = 250;

    private final Balancer.Timer timer;
    private final LongSupplier clock;
    private final Told told;

    // Guarded by this, as is the order of what is told: nothing of an engine that is gone.
    private final Map<EngineLink, Heart> hearts = new LinkedHashMap<>();
    private volatile boolean listening;

    /** Is told, one at a time. */
    interface Told {
        void silent(EngineLink link);

        void answers(EngineLink link);
    }

    private static final class Heart {
        final Pulse pulse;
        boolean silent;

        Heart(Pulse pulse) {
            this.pulse = pulse;
        }
    }

    Heartbeats(Balancer.Timer timer, LongSupplier clock, Told told) {
        this.timer = timer;
        this.clock = clock;
        this.told = told;
    }

    synchronized void up(EngineLink link) {
        hearts.put(link, new Heart(new Pulse(answered -> ask(link, answered), clock.getAsLong())));
    }

    /** Nothing is told of it from here on. */
    synchronized void down(EngineLink link) {
        hearts.remove(link);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // No answer is an answer, too.
    private static void ask(EngineLink link, Runnable answered) {
        link.ask(new LoadCall()).thenAccept(load -> {
            if (load instanceof EngineLoad) {
                answered.run();
            }
        });
    }

    /** Begins to listen, at the first call. */
    void begin() {
        if (listening) {
            return;
        }
        synchronized (this) {
            if (!listening) {
                listening = true;
                look();
            }
        }
    }

    private synchronized void look() {
        long now = clock.getAsLong();
        hearts.forEach((link, heart) -> {
            boolean silent = heart.pulse.silence(now).compareTo(Pulse.SUSPECT) >= 0;
            if (silent == heart.silent) {
                return;
            }
            heart.silent = silent;
            if (silent) {
                log.warn("engine {} does not answer and gets no new work of views until it does", link.engineId());
                told.silent(link);
            } else {
                log.info("engine {} answers again and gets work", link.engineId());
                told.answers(link);
            }
        });
        timer.later(this::look, LOOK_MILLIS);
    }
}
