package io.gridctl.node.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories against a plain bookkeeping of who holds what. Engines are narrow or wide, slow, refuse, drain, die,
 * come back; works are short or long, run late, kill their engine, are cancelled. After each event the rules are
 * checked; in the end engines behave, and each work must have come to its one end.
 */
@Timeout(120)
@Tag("any-jvm")
class DispatcherModelTest {
    private static final int FIXED_SEEDS = 150;
    private static final int RANDOM_SEEDS = 150;
    private static final int EVENTS = 300;

    static Stream<Long> seedGroups() {
        return Stream.of(0L, Math.abs(System.nanoTime()));
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("seedGroups")
    void everyWorkComesToItsOneEnd(long from) {
        int count = from == 0 ? FIXED_SEEDS : RANDOM_SEEDS;
        LongStream.range(from, from + count).forEach(seed -> {
            try {
                new Model(seed).run();
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
            }
        });
    }

    private enum State {
        WAITING,
        SUSPECT,
        HELD,
        ENDED,
        CANCELLED,
        GIVEN_UP
    }

    private static final class Model {
        private final Random random;
        private final FakeClock clock = new FakeClock();
        private final Dispatcher<ModelWork> dispatcher = new Dispatcher<>(clock);
        private final List<ModelEngine> engines = new ArrayList<>();
        private final List<ModelWork> works = new ArrayList<>();
        /** Whether engines die for no reason; if not, only killers may be given up. */
        private final boolean accidents;

        private final boolean killers;
        private int nextEngine;
        private int incarnation;

        /** Works by state, kept so that the checks cost little. */
        private int waiting;

        private int suspects;
        private int held;

        Model(long seed) {
            random = new Random(seed);
            accidents = random.nextBoolean();
            killers = random.nextInt(3) > 0;
        }

        void run() {
            for (int i = 0; i < EVENTS; i++) {
                clock.advance(Duration.ofNanos(random.nextInt(20_000_000)));
                event();
                check();
            }
            finish();
        }

        private void event() {
            switch (random.nextInt(12)) {
                case 0 -> join();
                case 1, 2 -> submit();
                case 3 -> cancel();
                case 4 -> {
                    if (accidents && random.nextInt(3) == 0) {
                        any(engines, ModelEngine::die);
                    }
                }
                case 5 -> any(engines, this::drainOrResume);
                case 6 -> any(engines, engine -> engine.handBack(random));
                case 7 -> any(engines, engine -> engine.late(random));
                case 8 -> any(engines, engine -> engine.answer(random));
                default -> any(engines, engine -> engine.endOne(random));
            }
        }

        private <X> void any(List<X> all, Consumer<X> action) {
            if (!all.isEmpty()) {
                action.accept(all.get(random.nextInt(all.size())));
            }
        }

        private void join() {
            if (engines.size() < 6) {
                ModelEngine engine = new ModelEngine(
                        this, nextEngine++ % 8, ++incarnation, 1 + random.nextInt(1 + random.nextInt(6)));
                engines.add(engine);
                dispatcher.join(engine);
            }
        }

        private void drainOrResume(ModelEngine engine) {
            engine.draining = !engine.draining;
            if (engine.draining) {
                dispatcher.drain(engine);
            } else {
                dispatcher.join(engine);
            }
        }

        private void submit() {
            int count = random.nextInt(8) == 0 ? random.nextInt(2_000) : random.nextInt(12);
            long nanos = random.nextBoolean() ? 1 + random.nextInt(50_000) : 1 + random.nextInt(200_000_000);
            List<ModelWork> job = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                boolean killer = killers && random.nextInt(200) == 0;
                job.add(new ModelWork(this, works.size() + i, 1 + (long) (nanos * random.nextDouble()), killer));
            }
            works.addAll(job);
            waiting += count;
            dispatcher.submit(random.nextBoolean() ? WorkSource.of(job) : WorkSource.of(job.iterator()));
        }

        private void cancel() {
            int many = random.nextInt(8) == 0 ? works.size() / 4 : 1;
            for (int i = 0; i < many; i++) {
                any(works, ModelWork::cancel);
            }
            dispatcher.cancelled();
        }

        private void move(ModelWork work, State to) {
            count(work.state, -1);
            work.state = to;
            count(to, 1);
        }

        private void count(State state, int by) {
            switch (state) {
                case WAITING -> waiting += by;
                case SUSPECT -> suspects += by;
                case HELD -> held += by;
                default -> {}
            }
        }

        private void check() {
            for (ModelEngine engine : engines) {
                int held = engine.holds.size();
                require(held <= engine.slots + 2 * 512, "an engine of %s slots holds %s works", engine.slots, held);
                int open = engine.frames.size();
                require(open <= Math.max(2, engine.slots), "an engine of %s slots has %s frames", engine.slots, open);
                if (engine.draining) {
                    continue;
                }
                boolean idle = held == 0 && waiting + suspects > 0;
                require(!idle, "engine %s idles, %s works wait, %s suspects", engine.id, waiting, suspects);
                boolean slotIdle = suspects == 0 && !engine.runsSuspect() && held < engine.slots && waiting > 0;
                require(!slotIdle, "engine %s has a free slot, %s works wait", engine.id, waiting);
            }
        }

        private void finish() {
            if (engines.isEmpty()) {
                join();
            }
            for (ModelEngine engine : engines) {
                engine.draining = false;
                dispatcher.join(engine);
            }
            check();
            int budget = 20 * works.size() + 1_000;
            while (waiting + suspects + held > 0) {
                for (int i = 0; i < 200; i++) {
                    clock.advance(Duration.ofMillis(20));
                    any(engines, random.nextInt(4) == 0 ? e -> e.answer(random) : e -> e.endOne(random));
                    if (engines.size() < 2) {
                        join();
                    }
                    check();
                }
                budget -= 200;
                if (budget < 0) {
                    fail("stuck: %s works wait, %s suspects, %s held", waiting, suspects, held);
                }
            }
            for (ModelWork work : works) {
                int blamed = work.aloneLosses;
                boolean within = work.starts <= Dispatcher.MAX_BLAMED + 1 && blamed <= Dispatcher.MAX_BLAMED;
                require(within, "work %s was started %s times, blamed %s times", work.number, work.starts, blamed);
                if (work.state == State.GIVEN_UP) {
                    require(blamed == Dispatcher.MAX_BLAMED, "given up after %s blamed losses", blamed);
                    require(work.killer || accidents, "an innocent is given up");
                }
            }
        }
    }

    /** Plain, because it runs some million times. */
    private static void require(boolean holds, String otherwise, Object... details) {
        if (!holds) {
            fail(otherwise, details);
        }
    }

    private static final class ModelWork implements Work {
        final Model model;
        final int number;
        final long nanos;
        final boolean killer;
        State state = State.WAITING;
        /** Sent and not handed back. */
        int starts;

        int losses;
        int aloneLosses;

        ModelWork(Model model, int number, long nanos, boolean killer) {
            this.model = model;
            this.number = number;
            this.nanos = nanos;
            this.killer = killer;
        }

        void cancel() {
            if (!isEnded()) {
                model.move(this, State.CANCELLED);
            }
        }

        @Override
        public boolean isEnded() {
            return state == State.ENDED || state == State.CANCELLED || state == State.GIVEN_UP;
        }

        @Override
        public void lost(LossHistory history) {
            assertThat(isEnded()).as("given up after its end").isFalse();
            assertThat(history.losses()).hasSize(losses);
            assertThat(history.blamed()).isEqualTo(aloneLosses);
            model.move(this, State.GIVEN_UP);
        }
    }

    private static final class ModelEngine implements EnginePort<ModelWork> {
        final Model model;
        final int id;
        final int incarnation;
        final int slots;
        final Set<ModelWork> holds = new LinkedHashSet<>();
        final Set<ModelWork> late = Collections.newSetFromMap(new IdentityHashMap<>());
        final List<Set<ModelWork>> frames = new ArrayList<>();
        boolean draining;
        boolean dead;

        ModelEngine(Model model, int id, int incarnation, int slots) {
            this.model = model;
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
        public void send(List<ModelWork> frame) {
            require(!dead && !draining, "sent to an engine that is dead or draining");
            require(!runsSuspect(), "company for a suspect");
            require(!frame.isEmpty() && frame.size() <= 512, "a frame of %s", frame.size());
            for (ModelWork work : frame) {
                boolean waits = work.state == State.WAITING || work.state == State.SUSPECT;
                require(waits, "work %s is sent, though %s", work.number, work.state);
                boolean alone = holds.isEmpty() && frame.size() == 1;
                require(alone || work.losses == 0, "a suspect in company");
                work.starts++;
                model.move(work, State.HELD);
            }
            holds.addAll(frame);
            frames.add(new LinkedHashSet<>(frame));
        }

        boolean runsSuspect() {
            return holds.size() == 1 && holds.iterator().next().losses > 0;
        }

        private @Nullable ModelWork running(Random random) {
            int index = random.nextInt(slots);
            return holds.stream()
                    .skip(Math.min(index, Math.max(0, holds.size() - 1)))
                    .findFirst()
                    .orElse(null);
        }

        void endOne(Random random) {
            ModelWork work = running(random);
            if (work == null) {
                return;
            }
            if (work.killer && work.state == State.HELD) {
                die();
                return;
            }
            forget(work);
            if (work.state == State.HELD) {
                model.move(work, State.ENDED);
            }
            require(model.dispatcher.ended(this, work, work.nanos), "the engine held work %s", work.number);
        }

        void late(Random random) {
            ModelWork work = running(random);
            if (work != null) {
                late.add(work);
                answeredOf(work);
                model.dispatcher.late(this, work);
            }
        }

        void handBack(Random random) {
            List<ModelWork> back = holds.stream()
                    .skip(slots)
                    .filter(work -> !late.contains(work))
                    .toList();
            if (random.nextInt(4) == 0 && late.isEmpty()) {
                back = List.copyOf(holds); // as one does that is busy for another client
            }
            back.forEach(this::unstart);
            model.dispatcher.handedBack(this, back);
        }

        /** Ends some, hands back the others, as one answer. */
        void answer(Random random) {
            List<ModelWork> ended = new ArrayList<>();
            List<ModelWork> back = new ArrayList<>();
            List<ModelWork> slow = new ArrayList<>();
            int end = random.nextInt(holds.size() + 1);
            for (ModelWork work : List.copyOf(holds)) {
                if (work.killer && work.state == State.HELD && ended.size() < end) {
                    end = ended.size();
                }
                if (ended.size() < end) {
                    ended.add(work);
                } else if (late.contains(work)) {
                    slow.add(work);
                } else {
                    back.add(work);
                }
            }
            for (ModelWork work : ended) {
                forget(work);
                if (work.state == State.HELD) {
                    model.move(work, State.ENDED);
                }
            }
            back.forEach(this::unstart);
            long[] times = ended.stream().mapToLong(work -> work.nanos).toArray();
            assertThat(model.dispatcher.answered(this, ended, times, back, slow))
                    .isEqualTo(ended.size());
        }

        private void unstart(ModelWork work) {
            forget(work);
            work.starts--;
            if (work.state == State.HELD) {
                model.move(work, work.losses > 0 ? State.SUSPECT : State.WAITING);
            }
        }

        private void forget(ModelWork work) {
            holds.remove(work);
            late.remove(work);
            answeredOf(work);
        }

        /** The work's frame does not wait for it any more. */
        private void answeredOf(ModelWork work) {
            frames.forEach(frame -> frame.remove(work));
            frames.removeIf(Set::isEmpty);
        }

        void die() {
            dead = true;
            model.engines.remove(this);
            boolean alone = holds.size() == 1;
            for (ModelWork work : holds) {
                if (work.state == State.HELD) {
                    work.losses++;
                    work.aloneLosses += alone ? 1 : 0;
                    model.move(work, State.SUSPECT);
                }
            }
            model.dispatcher.leave(this);
            holds.stream()
                    .findFirst()
                    .ifPresent(work -> assertThat(model.dispatcher.ended(this, work, 1))
                            .as("the last words of a lost engine")
                            .isFalse());
        }
    }
}
