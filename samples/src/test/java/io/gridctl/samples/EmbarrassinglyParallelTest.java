package io.gridctl.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gridctl.Grid;
import io.gridctl.samples.EmbarrassinglyParallel.Options;
import io.gridctl.samples.EmbarrassinglyParallel.PlainJvms;
import io.gridctl.samples.EmbarrassinglyParallel.ProblemClass;
import io.gridctl.samples.EmbarrassinglyParallel.Tally;
import java.io.IOException;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbarrassinglyParallelTest {
    @Test
    void theSerialSumsOfClassSArePublished() {
        Printed printed = new Printed();

        boolean correct = EmbarrassinglyParallel.runSerial(Options.parse("S", "--serial-only"), printed.out());

        assertThat(correct).isTrue();
        assertThat(printed.lines()).contains("sums are right to 1e-8");
    }

    @Test
    void theGridGivesTheSumsOfTheSerialRun() throws InterruptedException {
        Tally serial = EmbarrassinglyParallel.serial(40);

        Tally parallel;
        try (Grid grid = Grid.local(2)) {
            parallel = EmbarrassinglyParallel.parallel(grid.loadBalanced(), 40, 16);
        }

        assertThat(parallel.counts()).isEqualTo(serial.counts());
        assertThat(parallel.sumX()).isCloseTo(serial.sumX(), withinPercentage(1e-8));
        assertThat(parallel.sumY()).isCloseTo(serial.sumY(), withinPercentage(1e-8));
    }

    @ParameterizedTest
    @CsvSource({"S, 1, 128", "S, 2, 128", "S, 6, 43", "S, 1000, 1", "W, 2, 128", "A, 2, 256", "A, 6, 128", "A, 32, 128"
    })
    void everyEngineHasWorkAndATaskOfFewEnginesIsLong(ProblemClass problem, int engines, int each) {
        assertThat(EmbarrassinglyParallel.blocksPerTask(problem.blocks(), engines))
                .isEqualTo(each);
    }

    @Test
    void plainJvmsGiveTheCountsOfTheSerialRun() throws IOException {
        Tally serial = EmbarrassinglyParallel.serial(33);

        try (PlainJvms jvms = PlainJvms.start(2)) {
            assertThat(jvms.run(33).counts()).isEqualTo(serial.counts());
        }
    }

    @Test
    void aRunOfClassSTimesAllThreeWays() throws InterruptedException {
        Printed printed = new Printed();

        boolean correct;
        try (Grid grid = Grid.local(2)) {
            correct = EmbarrassinglyParallel.run(grid, Options.parse("--rounds=1"), printed.out());
        }

        assertThat(correct).isTrue();
        assertThat(printed.lines())
                .contains("sums are right to 1e-8")
                .anyMatch(line -> line.matches(" {2}2 engines +\\d+\\.\\d{3} s {3}speed-up \\d+\\.\\d\\d"))
                .anyMatch(line -> line.matches(" {2}2 plain JVMs +\\d+\\.\\d{3} s {3}speed-up \\d+\\.\\d\\d"))
                .anyMatch(line -> line.matches(" {2}engines over plain JVMs \\d+\\.\\d{3}"));
    }

    @Test
    void blocksFollowOneAnotherInTheStream() {
        Tally together = EmbarrassinglyParallel.serial(2);
        BigInteger modulus = BigInteger.ONE.shiftLeft(46);
        BigInteger factor = BigInteger.valueOf(5).pow(13);

        // the stream of two blocks, one number after the other, with arithmetic that cannot overflow
        BigInteger x = BigInteger.valueOf(271_828_183);
        long accepted = 0;
        for (int pair = 0; pair < 2 * 65_536; pair++) {
            x = x.multiply(factor).mod(modulus);
            double u = 2 * x.doubleValue() / modulus.doubleValue() - 1;
            x = x.multiply(factor).mod(modulus);
            double v = 2 * x.doubleValue() / modulus.doubleValue() - 1;
            accepted += u * u + v * v <= 1 ? 1 : 0;
        }

        assertThat(together.pairs()).isEqualTo(accepted);
    }

    @Test
    void wrongSumsAreNotAccepted() {
        Tally almost = EmbarrassinglyParallel.serial(ProblemClass.S.blocks() - 1);

        assertThat(ProblemClass.S.accepts(almost)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"B", "", "--rounds=0", "--rounds=many", "--parallel-only"})
    void anArgumentThatIsNotKnownIsNamed(String argument) {
        assertThatThrownBy(() -> Options.parse(argument))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + argument + "\"");
    }
}
