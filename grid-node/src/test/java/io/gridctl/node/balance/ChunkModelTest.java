package io.gridctl.node.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of works of several units, against a plain count of what became of each unit. Engines answer chunks
 * whole, or in part with one unit late and the others handed back, or die; some units kill their engine, some are
 * cancelled. Each unit comes to its one end, no engine idles while units wait, and only a unit that was alone is given up.
 */
@Timeout(120)
@Tag("any-jvm")
class ChunkModelTest {
    private static final int SEEDS = 100;
    private static final int EVENTS = 250;
    private static final int MOST = 64;

    static Stream<Long> seedGroups() {
        return Stream.of(0L, Math.abs(System.nanoTime()));
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("seedGroups")
    void everyUnitComesToItsOneEnd(long from) {
        LongStream.range(from, from + SEEDS).forEach(seed -> {
            try {
                new Model(seed).run();
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
            }
        });
    }

    /** One unit, and what became of it. */
    private static final class Unit {
        boolean killer;
        boolean held;
        int ends;
        boolean cancelled;
        int losses;
        boolean givenUp;

        boolean isOver() {
            return ends > 0 || cancelled || givenUp;
        }
    }

    private static final class Chunk implements Work {
        final List<Unit> units;

        Chunk(List<Unit> units) {
            this.units = units;
        }

        @Override
        public int units() {
            return units.size();
        }

        @Override
        public boolean isEnded() {
            return units.stream().allMatch(Unit::isOver);
        }

        @Override
        public void lost(LossHistory history) {
            assertThat(units).as("only a unit by itself is given up").hasSize(1);
            assertThat(history.blamed()).isEqualTo(Dispatcher.MAX_BLAMED);
            assertThat(units.get(0).isOver()).isFalse();
            units.get(0).givenUp = true;
        }

        Chunk part(int from, int to) {
            return new Chunk(units.subList(from, to));
        }
    }

    /** The units of a map, as many at a time as are asked for. */
    private static final class Source implements WorkSource<Chunk> {
        final List<Unit> units;
        int next;

        Source(List<Unit> units) {
            this.units = units;
        }

        @Override
        public @Nullable Chunk poll(int most) {
            assertThat(most).isBetween(1, MOST);
            int from = next;
            next = Math.min(units.size(), next + most);
            return from == next ? null : new Chunk(units.subList(from, next));
        }

        @Override
        public boolean isExhausted() {
            return next == units.size();
        }

        @Override
        public long remaining() {
            return (long) units.size() - next;
        }
    }

    private static final class Model {
        final Random random;
        final FakeClock clock = new FakeClock();
        final Dispatcher<Chunk> dispatcher = new Dispatcher<>(
                clock, (chunk, units) -> new Splitter.Halves<>(chunk.part(0, units), chunk.part(units, chunk.units())));
        final List<Engine> engines = new ArrayList<>();
        final List<Unit> all = new ArrayList<>();
        final boolean accidents;
        int next;

        Model(long seed) {
            random = new Random(seed);
            accidents = random.nextBoolean();
        }

        void run() {
            for (int i = 0; i < EVENTS; i++) {
                clock.advance(Duration.ofMillis(random.nextInt(20)));
                event();
                check();
            }
            for (int i = 0; all.stream().anyMatch(unit -> !unit.isOver()); i++) {
                assertThat(i).as("rounds until all is over").isLessThan(20_000);
                clock.advance(Duration.ofMillis(20));
                if (engines.size() < 2) {
                    join();
                }
                engine().answer();
                check();
            }
            for (Unit unit : all) {
                assertThat(unit.ends).isLessThanOrEqualTo(1);
                assertThat(unit.losses).isLessThanOrEqualTo(1 + 2 + Dispatcher.MAX_BLAMED);
                if (unit.givenUp) {
                    assertThat(unit.killer || accidents)
                            .as("an innocent unit is given up")
                            .isTrue();
                }
            }
        }

        private void event() {
            switch (random.nextInt(8)) {
                case 0 -> join();
                case 1 -> submit();
                case 2 -> {
                    if (accidents && !engines.isEmpty() && random.nextInt(3) == 0) {
                        engine().die();
                    }
                }
                case 3 -> {
                    if (!all.isEmpty()) {
                        Unit unit = all.get(random.nextInt(all.size()));
                        unit.cancelled |= !unit.isOver();
                        dispatcher.cancelled();
                    }
                }
                default -> {
                    if (!engines.isEmpty()) {
                        engine().answer();
                    }
                }
            }
        }

        private Engine engine() {
            return engines.get(random.nextInt(engines.size()));
        }

        private void join() {
            if (engines.size() < 5) {
                Engine engine = new Engine(this, next++, 1 + random.nextInt(3));
                engines.add(engine);
                dispatcher.join(engine);
            }
        }

        private void submit() {
            List<Unit> units = IntStream.range(0, random.nextInt(400))
                    .mapToObj(i -> new Unit())
                    .toList();
            units.forEach(unit -> unit.killer = random.nextInt(500) == 0);
            all.addAll(units);
            if (!units.isEmpty()) {
                dispatcher.submit(
                        new Source(units), JobRules.defaults().withUnits(MOST, random.nextInt(3) == 0 ? 7 : 0));
            }
        }

        private void check() {
            boolean waits = all.stream().anyMatch(unit -> !unit.isOver() && !unit.held);
            for (Engine engine : engines) {
                assertThat(waits && engine.holds.isEmpty())
                        .as("engine %s idles while units wait", engine.id)
                        .isFalse();
            }
        }
    }

    private static final class Engine implements EnginePort<Chunk> {
        final Model model;
        final int id;
        final int slots;
        final List<Chunk> holds = new ArrayList<>();

        Engine(Model model, int id, int slots) {
            this.model = model;
            this.id = id;
            this.slots = slots;
        }

        @Override
        public int engineId() {
            return id;
        }

        @Override
        public int incarnation() {
            return 1;
        }

        @Override
        public int slots() {
            return slots;
        }

        @Override
        public void send(List<Chunk> frame) {
            for (Chunk chunk : frame) {
                for (Unit unit : chunk.units) {
                    assertThat(unit.held).as("a unit on two engines").isFalse();
                    assertThat(unit.ends).as("a unit that has ended is sent").isZero();
                    unit.held = true;
                }
                boolean suspect = chunk.units.stream().anyMatch(unit -> unit.losses > 0);
                assertThat(suspect && (frame.size() > 1 || !holds.isEmpty()))
                        .as("a suspect in company")
                        .isFalse();
            }
            holds.addAll(frame);
        }

        /** Answers its oldest chunk: all of it, or the first of it, one late and the rest handed back. */
        void answer() {
            if (holds.isEmpty()) {
                return;
            }
            Chunk chunk = holds.get(0);
            int done = model.random.nextInt(3) > 0 ? chunk.units() : model.random.nextInt(chunk.units());
            for (int i = 0; i < Math.min(done + 1, chunk.units()); i++) {
                if (chunk.units.get(i).killer && !chunk.units.get(i).isOver()) {
                    die();
                    return;
                }
            }
            holds.remove(0);
            if (done == chunk.units()) {
                end(chunk);
                model.dispatcher.ended(this, chunk, 1_000L * done);
                return;
            }
            List<Chunk> ended = done == 0 ? List.of() : List.of(chunk.part(0, done));
            Chunk late = chunk.part(done, done + 1);
            List<Chunk> back = done + 1 == chunk.units() ? List.of() : List.of(chunk.part(done + 1, chunk.units()));
            List<Chunk> parts = new ArrayList<>(ended);
            parts.add(late);
            parts.addAll(back);
            ended.forEach(Engine::end);
            back.forEach(part -> part.units.forEach(unit -> unit.held = false));
            holds.add(late);
            model.dispatcher.split(this, chunk, parts);
            long[] times =
                    ended.stream().mapToLong(part -> 1_000L * part.units()).toArray();
            assertThat(model.dispatcher.answered(this, ended, times, back, List.of(late)))
                    .isEqualTo(ended.size());
        }

        private static void end(Chunk chunk) {
            for (Unit unit : chunk.units) {
                unit.held = false;
                unit.ends += unit.isOver() ? 0 : 1;
            }
        }

        void die() {
            model.engines.remove(this);
            for (Chunk chunk : holds) {
                boolean over = chunk.isEnded();
                for (Unit unit : chunk.units) {
                    unit.held = false;
                    unit.losses += over ? 0 : 1;
                }
            }
            holds.clear();
            model.dispatcher.leave(this);
        }
    }
}
