package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.AsyncResult;
import io.gridctl.Engine;
import io.gridctl.Grid;
import io.gridctl.TextReply;
import io.gridctl.node.EngineSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who compiles a text that goes to several engines. */
class TextSharingTest {
    private static final int ONE = 71;
    private static final int OTHER = 72;

    /** An engine that has never compiled has no compiler. */
    private static List<String> compilers() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(Set.of("grid-compiler-" + ONE, "grid-compiler-" + OTHER)::contains)
                .toList();
    }

    @Test
    void oneEngineCompilesForAllThatKnowTheSame() throws Exception {
        try (TestGrid test = new TestGrid(0)) {
            test.startEngine(new EngineSettings(ONE, 1, Set.of(), List.of()));
            test.startEngine(new EngineSettings(OTHER, 1, Set.of(), List.of()));
            try (Grid grid = test.connect()) {
                grid.awaitEngines(2, Duration.ofSeconds(30));

                List<TextReply> both = grid.engines().execute("int twice(int x) { return 2 * x; } twice(3)");
                assertThat(both).allSatisfy(reply -> assertThat(reply.value()).hasValue("6"));
                assertThat(compilers()).hasSize(1);

                for (int round = 0; round < 5; round++) {
                    grid.engines().push("pushed" + round, List.of(round));
                    grid.engines()
                            .execute("record Part" + round + "(int size) {} int twice" + round + "(int x) {\n"
                                    + "    return 2 * x + pushed" + round + ".get(0); }");
                    List<TextReply> replies =
                            grid.engines().execute("var part = new Part" + round + "(twice" + round + "(2)); part");
                    assertThat(replies)
                            .allSatisfy(reply -> assertThat(reply.value()).isPresent());
                    assertThat(replies.get(0).value()).isEqualTo(replies.get(1).value());
                }
                // Each alone, so that one that had texts from the other has to catch up.
                assertThat(grid.engine(ONE).<Integer>evaluate("part.size() + twice3(1) + 1"))
                        .isEqualTo(8 + 5 + 1);
                assertThat(grid.engine(OTHER).<Integer>evaluate("part.size() + twice3(1) + 2"))
                        .isEqualTo(8 + 5 + 2);

                assertThat(compilers()).hasSize(2);
            }
        }
    }

    @Test
    @Timeout(60)
    void aTextForOneEngineWaitsForNoOtherToCompileIt() throws Exception {
        try (TestGrid test = new TestGrid(0)) {
            test.startEngine(new EngineSettings(ONE, 1, Set.of(), List.of()));
            test.startEngine(new EngineSettings(OTHER, 1, Set.of(), List.of()));
            try (Grid grid = test.connect()) {
                grid.awaitEngines(2, Duration.ofSeconds(30));
                grid.engines().execute("int number = 0;");
                int text = 0;
                while (!isAnyWaiting(grid.engines().executeAsync("number = " + ++text + ";"))) {
                    // One of them compiles, which may be done before we look at the other.
                }

                for (Engine alone : List.of(grid.engine(ONE), grid.engine(OTHER))) {
                    for (int turn = 0; turn < 5; turn++) {
                        assertThat(isAnyWaiting(alone.executeAsync("number = " + ++text + ";")))
                                .isFalse();
                    }
                }
            }
        }
    }

    /** Whether an engine waits for news of a text at any time until a call has ended. */
    private static boolean isAnyWaiting(AsyncResult<?> call) {
        boolean seen = false;
        while (!call.isDone()) {
            seen |= Thread.getAllStackTraces().values().stream().anyMatch(TextSharingTest::waitsForNews);
        }
        return seen;
    }

    private static boolean waitsForNews(StackTraceElement[] stack) {
        List<String> frames = Arrays.stream(stack)
                .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                .toList();
        return frames.contains("io.gridctl.node.engine.TextNews.await")
                && frames.stream().anyMatch(frame -> frame.endsWith(".awaitNanos"));
    }
}
