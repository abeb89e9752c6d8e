package io.gridctl.node.balance;

import java.time.Duration;
import java.util.List;

/** A dispatcher with a clock of its own, and two engines of one slot each that have not joined it yet. */
abstract class DispatcherFixture {
    static final Duration SHORT = Duration.ofNanos(10_000);
    static final Duration TEN_MILLIS = Duration.ofMillis(10);
    static final Duration LONG = Duration.ofSeconds(1);

    final FakeClock clock = new FakeClock();
    final Dispatcher<FakeWork> dispatcher = new Dispatcher<>(clock);
    final FakeEngine first = new FakeEngine(0, 1);
    final FakeEngine second = new FakeEngine(1, 1);

    final Job<FakeWork> submit(List<FakeWork> works) {
        return dispatcher.submit(WorkSource.of(works));
    }
}
