package io.gridctl.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PulseTest {
    private final List<Runnable> asked = new ArrayList<>();
    private final Pulse pulse = new Pulse(asked::add, 0);
    private long now;

    private Duration after(Duration time) {
        now += time.toNanos();
        return pulse.silence(now);
    }

    @Test
    void anEngineIsAskedOnceASecondHoweverOftenSomebodyLooks() {
        for (int tick = 0; tick < 50; tick++) {
            after(Duration.ofMillis(100));
        }

        assertThat(asked).hasSize(5);
    }

    @Test
    void anyAnswerEndsTheSilenceALateOneToo() {
        after(Duration.ofSeconds(1));
        after(Duration.ofSeconds(1));
        assertThat(after(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(3));

        asked.get(0).run();

        assertThat(after(Duration.ofMillis(200))).isZero();
        assertThat(after(Duration.ofMillis(200))).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void aLongStepCountsAsASecond() {
        assertThat(after(Duration.ofDays(1))).isEqualTo(Duration.ofSeconds(1));
    }
}
