package io.gridctl.node.balance;

import java.util.List;

/**
 * One incarnation of an engine, as the dispatcher sees it. Ports are told apart by identity: an engine that comes back
 * is another port.
 *
 * <p>The few milliseconds after which a frame answers should count from the start of its first work, not from its
 * arrival: what is sent ahead is meant to sit behind the running work, and would be handed back just before its turn.
 *
 * @param <T> the works it takes
 */
public interface EnginePort<T extends Work> {
    /**
     * The engine's stable id.
     *
     * @return a number from 0
     */
    int engineId();

    /**
     * Which filling of that id this is.
     *
     * @return a number from 1
     */
    int incarnation();

    /**
     * How many works run at the same time; read once, when the port joins.
     *
     * @return at least 1
     */
    int slots();

    /**
     * Starts to send a frame. Called without the dispatcher's lock, by whichever thread reported the event that made
     * room, so it must not block; it reports what becomes of the works later, never before it returns. It may be called
     * shortly after {@link Dispatcher#leave}, and does nothing then.
     *
     * @param frame works of one job, in order, at least one; nobody changes the list
     */
    void send(List<T> frame);
}
