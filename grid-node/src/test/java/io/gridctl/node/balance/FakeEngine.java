package io.gridctl.node.balance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An engine that keeps what it is sent until its test says what becomes of it. */
final class FakeEngine implements EnginePort<FakeWork> {
    private final int id;
    private final int incarnation;
    private final int slots;
    /** Every frame it was ever sent. */
    final List<List<FakeWork>> frames = new ArrayList<>();
    /** What it holds, in the order it came. */
    final List<FakeWork> holds = new ArrayList<>();

    FakeEngine(int id, int slots) {
        this(id, 1, slots);
    }

    FakeEngine(int id, int incarnation, int slots) {
        this.id = id;
        this.incarnation = incarnation;
        this.slots = slots;
    }

    @Override
    public int engineId() {
        return id;
    }

    @Override
    public int incarnation() {
        return incarnation;
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public void send(List<FakeWork> frame) {
        frames.add(frame);
        holds.addAll(frame);
    }

    List<FakeWork> lastFrame() {
        return frames.get(frames.size() - 1);
    }

    List<String> held() {
        return FakeWork.names(holds);
    }

    /** Ends a work that it holds. */
    void end(Dispatcher<FakeWork> dispatcher, FakeWork work, Duration ran) {
        holds.remove(work);
        work.end();
        dispatcher.ended(this, work, ran.toNanos());
    }

    /** Ends the oldest work that it holds. */
    void endFirst(Dispatcher<FakeWork> dispatcher, Duration ran) {
        end(dispatcher, holds.get(0), ran);
    }

    /** Ends all it holds now, as one answer. */
    void endAll(Dispatcher<FakeWork> dispatcher, Duration ran) {
        List<FakeWork> all = List.copyOf(holds);
        holds.clear();
        all.forEach(FakeWork::end);
        long[] times = new long[all.size()];
        Arrays.fill(times, ran.toNanos());
        dispatcher.answered(this, all, times, List.of(), List.of());
    }

    /** Hands back what it holds but the first {@code kept}. */
    void handBackAllBut(Dispatcher<FakeWork> dispatcher, int kept) {
        List<FakeWork> back = List.copyOf(holds.subList(kept, holds.size()));
        holds.subList(kept, holds.size()).clear();
        dispatcher.handedBack(this, back);
    }
}
