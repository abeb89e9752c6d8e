package io.gridctl.node.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LookTest {
    private final Look look = new Look();

    private void took(int frames, long micros) {
        IntStream.range(0, frames).forEach(frame -> look.took(TimeUnit.MICROSECONDS.toNanos(micros)));
    }

    @Test
    void shortFramesAreLookedForTwiceAsLongAsTheyTake() {
        took(100, 30);

        assertThat(look.nanos()).isBetween(TimeUnit.MICROSECONDS.toNanos(59), TimeUnit.MICROSECONDS.toNanos(61));
    }

    @Test
    void longFramesAreNotLookedFor() {
        took(100, 10_000);

        assertThat(look.nanos()).isZero();
    }

    @Test
    void oneLongFrameAmongShortOnesChangesLittle() {
        took(100, 30);
        took(1, 60_000_000);

        assertThat(look.nanos()).isPositive();
    }

    @Test
    void afterLongOnesShortOnesAreLookedForAgain() {
        took(100, 10_000);
        took(30, 30);

        assertThat(look.nanos()).isPositive();
    }
}
