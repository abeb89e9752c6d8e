package io.gridctl.node.balance;

import java.util.ArrayList;
import java.util.List;

/** What an event has decided under the lock, to be done once the lock is released. Confined to one thread. */
final class Outbox<T extends Work> {
    private List<Sending<T>> sendings = List.of();
    private List<GivenUp<T>> givenUp = List.of();

    void send(EnginePort<T> port, List<T> frame) {
        if (sendings.isEmpty()) {
            sendings = new ArrayList<>(4);
        }
        sendings.add(new Sending<>(port, frame));
    }

    void giveUp(T work, LossHistory history) {
        if (givenUp.isEmpty()) {
            givenUp = new ArrayList<>(1);
        }
        givenUp.add(new GivenUp<>(work, history));
    }

    List<Sending<T>> sendings() {
        return sendings;
    }

    List<GivenUp<T>> givenUp() {
        return givenUp;
    }

    record Sending<T extends Work>(EnginePort<T> port, List<T> frame) {}

    record GivenUp<T extends Work>(T work, LossHistory history) {}
}
