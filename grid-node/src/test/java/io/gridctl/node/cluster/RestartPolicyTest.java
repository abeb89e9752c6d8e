package io.gridctl.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
    private final RestartPolicy policy = RestartPolicy.standard();

    @Test
    void theDelayDoublesUpToALimit() {
        assertThat(policy.delayAfter(1)).contains(Duration.ofMillis(200));
        assertThat(policy.delayAfter(2)).contains(Duration.ofMillis(400));
        assertThat(policy.delayAfter(6)).contains(Duration.ofMillis(6400));
        assertThat(policy.delayAfter(9)).contains(Duration.ofSeconds(10));
    }

    @Test
    void tenFailuresInARowAreTooMany() {
        assertThat(policy.delayAfter(10)).isEmpty();
    }

    @Test
    void anEngineThatWorkedForAWhileIsForgiven() {
        assertThat(policy.forgives(Duration.ofSeconds(29))).isFalse();
        assertThat(policy.forgives(Duration.ofSeconds(30))).isTrue();
    }
}
