package io.gridctl.node.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A work that its test ends, cancels, or sees given up. */
final class FakeWork implements Work {
    final String name;
    private boolean ended;
    private @Nullable LossHistory history;

    FakeWork(String name) {
        this.name = name;
    }

    static List<FakeWork> works(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> new FakeWork(name + i)).toList();
    }

    static List<String> names(List<FakeWork> works) {
        List<String> names = new ArrayList<>();
        works.forEach(work -> names.add(work.name));
        return names;
    }

    void end() {
        ended = true;
    }

    @Nullable
    LossHistory history() {
        return history;
    }

    @Override
    public boolean isEnded() {
        return ended || history != null;
    }

    @Override
    public void lost(LossHistory given) {
        if (history != null) {
            throw new AssertionError(name + " is given up twice");
        }
        history = given;
    }

    @Override
    public String toString() {
        return name;
    }
}
