package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.Engine;
import io.gridctl.TaskFailedException;
import io.gridctl.TextReply;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a text may try, and its engine goes on. */
@ExtendWith(SharedGrid.class)
@Timeout(120)
class TextSafetyTest {
    private final Engine engine = SharedGrid.grid().engine(1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (true) spins++;",
                "for (;;) { try { spins++; } finally { spins--; } }",
                "do { if (spins < 0) continue; spins = 1; } while (spins > 0);",
                "while (true) System.out.println(spins);",
                "Stream.iterate(1, x -> x).forEach(x -> { for (int i = 0; i < 10; i++) spins = x; });"
            })
    void anEndlessLoopEndsWhenItIsCancelled(String loop) throws Exception {
        AsyncResult<TextReply> result = engine.executeAsync("int spins = 0; System.out.println(\"spinning\"); " + loop);
        await().atMost(Duration.ofSeconds(60)).until(() -> result.stdout().contains("spinning"));

        result.cancel(true);

        assertThat(engine.<Integer>evaluate("20 + 1")).isEqualTo(21);
        await().atMost(Duration.ofSeconds(60)).until(SharedGrid::isIdle);
    }

    @Test
    void aLoopThatSetsItsOwnInterruptGoesOn() throws Exception {
        assertThat(engine.<Integer>evaluate("Thread.currentThread().interrupt(); int rounds = 0;"
                        + " for (int i = 0; i < 5; i++) { rounds++; } Thread.interrupted(); rounds"))
                .isEqualTo(5);
    }

    @Test
    void endlessRecursionIsAFailure() throws Exception {
        TaskFailedException failed = catchThrowableOfType(
                TaskFailedException.class, () -> engine.execute("int deep(int n) { return deep(n + 1) + 1; } deep(0)"));

        assertThat(failed.remoteClassName()).isEqualTo("java.lang.StackOverflowError");
        assertThat(engine.<Integer>evaluate("20 + 2")).isEqualTo(22);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.exit(3);",
                "Runtime.getRuntime().exit(3);",
                "Runtime.getRuntime().halt(3);",
                "IntConsumer way = System::exit; way.accept(3);",
                "IntConsumer way = Runtime.getRuntime()::halt; way.accept(3);"
            })
    void theJvmIsNotEndedAndTheTextsOwnLineIsTold(String text) {
        TaskFailedException failed =
                catchThrowableOfType(TaskFailedException.class, () -> engine.execute("int before = 1;\n" + text));

        assertThat(failed).hasMessageContaining((text.contains("halt") ? "halt" : "exit") + "(3) would end the engine");
        assertThat(failed.getCause().getStackTrace())
                .extracting(StackTraceElement::toString)
                .containsExactly("text.run(text:2)");
    }

    @Test
    void whoClosesTheOutputClosesItForNobodyElse() throws Exception {
        engine.execute("System.out.close(); System.err.close();");

        assertThat(engine.execute("System.out.println(\"still\");").stdout()).isEqualTo("still\n");
    }
}
