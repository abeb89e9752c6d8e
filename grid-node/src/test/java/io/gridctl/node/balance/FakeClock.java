package io.gridctl.node.balance;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Time that passes when told to. */
final class FakeClock implements LongSupplier {
    private long nanos = 1_000;

    @Override
    public long getAsLong() {
        return nanos;
    }

    void advance(Duration time) {
        nanos += time.toNanos();
    }
}
