package io.gridctl.node.pipeline;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClientPresenceTest {
    private final AtomicBoolean connected = new AtomicBoolean(true);
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);
    private final ClientPresence presence = new ClientPresence(connected::get, clock::get);

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void aLinkThatBreaksForAMomentEndsNothing() {
        for (int i = 0; i < 10; i++) {
            connected.set(false);
            pass(Duration.ofSeconds(1));
            assertThatCode(presence::check).doesNotThrowAnyException();
            connected.set(true);
            pass(Duration.ofSeconds(1));
            assertThatCode(presence::check).doesNotThrowAnyException();
        }
    }

    @Test
    void aClientThatStaysAwayHasLeft() {
        connected.set(false);
        pass(Duration.ofSeconds(1));
        assertThatCode(presence::check).doesNotThrowAnyException();
        pass(Duration.ofSeconds(2));

        assertThatThrownBy(presence::check).hasMessage("the client has left");
    }
}
