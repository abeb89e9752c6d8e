package io.gridctl.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.node.cluster.GridState.EnginePhase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineKeeperTest {
    /** A process that does what the test says. */
    private static final class FakeProcess implements EngineKeeper.Running {
        private final ProcessId id;
        private boolean ready;
        private boolean hangs;
        private Optional<String> end = Optional.empty();

        FakeProcess(long pid) {
            id = new ProcessId(pid, 1);
        }

        @Override
        public ProcessId process() {
            return id;
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public Optional<String> ended() {
            return end;
        }

        @Override
        public void kill() {
            end = Optional.of("exit code 137");
        }

        @Override
        public void ask(Runnable answered) {
            if (!hangs) {
                answered.run();
            }
        }
    }

    private final List<FakeProcess> started = new ArrayList<>();
    private final EngineKeeper keeper = new EngineKeeper(7, this::launch, RestartPolicy.standard());
    private boolean refuse;
    private long now;

    private FakeProcess launch(int id) throws IOException {
        if (refuse) {
            throw new IOException("no such program");
        }
        FakeProcess process = new FakeProcess(100 + started.size());
        started.add(process);
        return process;
    }

    @Test
    void anEngineIsReadyWhenItSaysSo() {
        keeper.start(now);
        assertThat(keeper.tend(now)).isFalse();

        last().ready = true;

        assertThat(keeper.tend(now)).isTrue();
        assertThat(phase()).isEqualTo(EnginePhase.READY);
    }

    @Test
    void aDeadEngineIsStartedAgainAfterADelay() {
        startReady();

        last().kill();
        keeper.tend(now);

        assertThat(phase()).isEqualTo(EnginePhase.WAITING);
        pass(Duration.ofMillis(199));
        assertThat(started).hasSize(1);
        pass(Duration.ofMillis(1));
        assertThat(started).hasSize(2);
        assertThat(keeper.state().restarts()).isEqualTo(1);
    }

    @Test
    void anEngineThatKeepsDyingIsGivenUpWithAMessage() {
        startReady();

        for (int i = 0; i < 10; i++) {
            last().kill();
            keeper.tend(now);
            pass(Duration.ofSeconds(10));
        }

        assertThat(started).hasSize(10);
        assertThat(phase()).isEqualTo(EnginePhase.GIVEN_UP);
        assertThat(keeper.state().message()).contains("exit code 137").contains("given up after 10 failures");
    }

    @Test
    void anEngineThatWorkedForAWhileBeginsAnew() {
        startReady();
        for (int i = 0; i < 30; i++) {
            pass(Duration.ofMinutes(1));
            last().kill();
            keeper.tend(now);
            pass(Duration.ofSeconds(10));
            last().ready = true;
            keeper.tend(now);
        }

        assertThat(phase()).isEqualTo(EnginePhase.READY);
        assertThat(keeper.state().message()).isEmpty();
    }

    @Test
    void anEngineThatDiesBeforeItWasEverReadyIsToldApart() {
        keeper.start(now);
        last().kill();
        keeper.tend(now);

        assertThat(keeper.neverWasReady()).isTrue();
    }

    @Test
    void anEngineThatWasReadyOnceIsNoFailedStart() {
        startReady();
        last().kill();
        keeper.tend(now);

        assertThat(keeper.neverWasReady()).isFalse();
    }

    @Test
    void anEngineThatHangsWhileItStartsIsKilled() {
        keeper.start(now);

        pass(Duration.ofSeconds(91));

        assertThat(started.get(0).ended()).isPresent();
        assertThat(keeper.state().message()).contains("not ready after 90 s");
    }

    @Test
    void anEngineThatHangsIsSuspectedThenKilledAndReplacedOnceItsProcessHasEnded() {
        startReady();
        last().hangs = true;

        watch(6);
        assertThat(keeper.state().message()).contains("does not answer").contains("30 s");
        assertThat(last().ended()).isEmpty();
        watch(25);

        assertThat(started.get(0).ended()).isPresent();
        assertThat(started).hasSize(2);
        assertThat(keeper.state().lastEnd()).isEqualTo("it hung: it had not answered for 30 s and was killed");
    }

    @Test
    void anEngineThatAnswersAgainIsNotSuspectedAnyMore() {
        startReady();
        last().hangs = true;
        watch(20);

        last().hangs = false;
        watch(2);

        assertThat(phase()).isEqualTo(EnginePhase.READY);
        assertThat(keeper.state().message()).isEmpty();
        assertThat(started).hasSize(1);
    }

    @Test
    void timeInWhichNobodyCouldListenIsNotHeldAgainstAnEngine() {
        startReady();
        last().hangs = true;

        for (int sleeps = 0; sleeps < 4; sleeps++) {
            pass(Duration.ofHours(1));
        }

        assertThat(phase()).isEqualTo(EnginePhase.READY);
        assertThat(keeper.state().message()).isEmpty();
    }

    private void watch(int seconds) {
        for (int tick = 0; tick < seconds * 5; tick++) {
            pass(Duration.ofMillis(200));
        }
    }

    @Test
    void aProgramThatCannotBeStartedCountsAsAFailure() {
        refuse = true;

        keeper.start(now);

        assertThat(keeper.neverWasReady()).isTrue();
        assertThat(keeper.state().message()).contains("no such program");
    }

    private void startReady() {
        keeper.start(now);
        last().ready = true;
        keeper.tend(now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
        keeper.tend(now);
    }

    private FakeProcess last() {
        return started.get(started.size() - 1);
    }

    private EnginePhase phase() {
        return keeper.state().phase();
    }
}
