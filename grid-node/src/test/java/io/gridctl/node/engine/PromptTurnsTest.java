package io.gridctl.node.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PromptTurnsTest {
    private static final byte[] ONE = {1};
    private static final byte[] TWO = {2};

    private final PromptTurns turns = new PromptTurns();
    private final List<String> entered = new CopyOnWriteArrayList<>();

    private Thread enter(byte[] values, String name) {
        Thread thread = new Thread(() -> {
            try {
                turns.enter(values);
                entered.add(name);
            } catch (InterruptedException e) {
                entered.add(name + " was interrupted");
            }
        });
        thread.start();
        return thread;
    }

    private static void awaitWaiting(Thread thread) {
        await().until(() -> thread.getState() == Thread.State.WAITING);
    }

    @Test
    void theSameValuesRunTogetherAndOthersAfterThemInOrder() throws Exception {
        turns.enter(ONE);
        turns.enter(ONE.clone());
        Thread two = enter(TWO, "two");
        awaitWaiting(two);
        Thread late = enter(ONE, "late");
        awaitWaiting(late);

        turns.leave();
        awaitWaiting(two);
        assertThat(entered).isEmpty();
        turns.leave();

        two.join();
        assertThat(entered).containsExactly("two");
        turns.leave();
        late.join();
        assertThat(entered).containsExactly("two", "late");
    }

    @Test
    void whoIsInterruptedWhileItWaitsKeepsNobodyWaiting() throws Exception {
        turns.enter(ONE);
        Thread two = enter(TWO, "two");
        awaitWaiting(two);
        Thread again = enter(ONE, "again");
        awaitWaiting(again);

        two.interrupt();

        two.join();
        again.join();
        assertThat(entered).containsExactlyInAnyOrder("two was interrupted", "again");
    }
}
