package io.gridctl.node.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WarmCompilerTest {
    private final WarmCompiler warm = new WarmCompiler(null);
    private final UUID first = UUID.randomUUID();
    private final UUID second = UUID.randomUUID();
    private final UUID third = UUID.randomUUID();

    @BeforeEach
    void oneHasCompiled() {
        assertThat(warm.member()).isNull();
        warm.compiled(first);
    }

    @Test
    void itIsTheOneThatCompiledFirst() {
        assertThat(warm.member()).isEqualTo(first);
    }

    @Test
    void whoStandsInNowAndThenDoesNotTakeItsPlace() {
        for (int text = 0; text < 10; text++) {
            warm.compiled(second);
            warm.compiled(third);
            warm.compiled(first);
        }

        assertThat(warm.member()).isEqualTo(first);
    }

    @Test
    void whoeverCompilesTheThirdTextInItsPlaceTakesIt() {
        warm.compiled(second);
        warm.compiled(third);
        assertThat(warm.member()).isEqualTo(first);

        warm.compiled(second);

        assertThat(warm.member()).isEqualTo(second);
    }
}
