package io.gridctl.node.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gridctl.TextException;
import io.gridctl.TextException.Problem;
import io.gridctl.node.client.TestGrid;
import io.gridctl.node.shell.CompiledText;
import io.gridctl.node.task.GridObjects;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Engines that need the same texts, by the members of a grid; none of them has compiled a text for itself. */
@Timeout(120)
class SharedTextsTest {
    /** Whose texts are asked for without saying from whom else. */
    private static final SharedTexts.User ALL = askedWith();

    private static TestGrid grid;

    @BeforeAll
    static void start() {
        grid = new TestGrid(3);
    }

    @AfterAll
    static void stop() {
        grid.close();
    }

    private static SharedTexts of(int engine) {
        return new SharedTexts(engine, grid.member(engine));
    }

    private static SharedTexts.User askedWith(int... engines) {
        Set<UUID> asked = Arrays.stream(engines)
                .mapToObj(engine ->
                        grid.member(engine).getCluster().getLocalMember().getUuid())
                .collect(Collectors.toUnmodifiableSet());
        return new SharedTexts.User() {
            @Override
            public boolean fits(CompiledText made) {
                return true;
            }

            @Override
            public Set<UUID> asked() {
                return asked;
            }
        };
    }

    private static CompiledText text(String warning) {
        return new CompiledText(
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Set.of(),
                Set.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(warning));
    }

    private static String key(String text) {
        return SharedTexts.key(List.of(), text);
    }

    private static CompletableFuture<CompiledText> get(int engine, String key, Supplier<CompiledText> compile) {
        return get(engine, key, compile, "the same classes");
    }

    private static CompletableFuture<CompiledText> get(
            int engine, String key, Supplier<CompiledText> compile, String brought) {
        SharedTexts texts = of(engine);
        CompletableFuture<CompiledText> got = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                got.complete(texts.get(key, ALL, compiler(compile, brought)));
            } catch (Throwable failed) {
                got.completeExceptionally(failed);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return got;
    }

    private static SharedTexts.Compiler compiler(Supplier<CompiledText> compile, String brought) {
        return new SharedTexts.Compiler() {
            @Override
            public CompiledText compile() {
                return compile.get();
            }

            @Override
            public Fingerprint brought() {
                return Fingerprint.of(brought.getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    /** Compiles when it is let to. */
    private static final class Compiler implements Supplier<CompiledText> {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch ends = new CountDownLatch(1);
        final Supplier<CompiledText> result;

        Compiler(Supplier<CompiledText> result) {
            this.result = result;
        }

        @Override
        public CompiledText get() {
            begun.countDown();
            try {
                ends.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return result.get();
        }

        void awaitBegun() throws InterruptedException {
            assertThat(begun.await(40, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whoCompiledTheLastTextTellsTheOthersOfOneThatAllHaveForgotten() throws Exception {
        String forgotten = key("forgotten");
        get(1, forgotten, () -> text("forgotten")).get(60, TimeUnit.SECONDS);
        try (SharedTexts last = of(0);
                TextNews other = new TextNews(grid.member(2).getTopic(GridObjects.COMPILED))) {
            last.get(key("last"), ALL, compiler(() -> text("last"), "the same classes"));

            CompiledText found = last.get(
                    forgotten,
                    ALL,
                    compiler(
                            () -> {
                                throw new AssertionError("it is compiled");
                            },
                            "the same classes"));

            assertThat(found.warnings()).containsExactly("forgotten");
            assertThat(other.await(forgotten, TimeUnit.SECONDS.toNanos(60))).isNotNull();
        }
    }

    @Test
    void whoStandsInForTheWarmOneOnceLeavesItTheNextText() throws Exception {
        try (SharedTexts warm = patient(0);
                SharedTexts other = patient(1);
                SharedTexts standIn = of(2)) {
            assertThat(take(warm, "begun", "by 0")).isEqualTo("by 0");
            assertThat(take(other, "begun", "by 1")).isEqualTo("by 0");
            assertThat(take(standIn, "stood in", "by 2")).isEqualTo("by 2");
            assertThat(take(warm, "stood in", "by 0")).isEqualTo("by 2");
            assertThat(take(other, "stood in", "by 1")).isEqualTo("by 2");

            CompletableFuture<String> waits = CompletableFuture.supplyAsync(() -> take(other, "next", "by 1"));
            await().until(() -> waiting() == 1);
            assertThat(take(warm, "next", "by 0")).isEqualTo("by 0");
            assertThat(waits.get(40, TimeUnit.SECONDS)).isEqualTo("by 0");
        }
    }

    @Test
    void whoIsAskedAloneWaitsForNobodyAndTheTextsForAllStayWithTheWarmOne() throws Exception {
        SharedTexts.User all = askedWith(0, 1, 2);
        SharedTexts.User alone = askedWith(1);
        try (SharedTexts warm = patient(0);
                SharedTexts other = patient(1)) {
            assertThat(take(warm, "for all", "by 0", all)).isEqualTo("by 0");
            assertThat(take(other, "for all", "by 1", all)).isEqualTo("by 0");

            for (int text = 0; text < 5; text++) {
                String name = "for one " + text;
                assertThat(CompletableFuture.supplyAsync(() -> take(other, name, "by 1", alone))
                                .get(60, TimeUnit.SECONDS))
                        .isEqualTo("by 1");
            }

            assertThat(take(warm, "for 0 and later for 1", "by 0", askedWith(0)))
                    .isEqualTo("by 0");
            assertThat(take(other, "for 0 and later for 1", "by 1", alone)).isEqualTo("by 0");
            assertThat(CompletableFuture.supplyAsync(() -> take(other, "for one again", "by 1", alone))
                            .get(60, TimeUnit.SECONDS))
                    .isEqualTo("by 1");

            CompletableFuture<String> waits =
                    CompletableFuture.supplyAsync(() -> take(other, "for all again", "by 1", all));
            await().until(() -> waiting() == 1);
            assertThat(take(warm, "for all again", "by 0", all)).isEqualTo("by 0");
            assertThat(waits.get(40, TimeUnit.SECONDS)).isEqualTo("by 0");
        }
    }

    @Test
    void whoIsAskedWithOthersForTheFirstTimeWaitsForTheOneThatCompiledForAll() throws Exception {
        try (SharedTexts warm = patient(0);
                SharedTexts other = patient(1)) {
            assertThat(take(warm, "three", "by 0", askedWith(0, 1, 2))).isEqualTo("by 0");
            assertThat(take(other, "three", "by 1", askedWith(0, 1, 2))).isEqualTo("by 0");

            SharedTexts.User two = askedWith(0, 1);
            CompletableFuture<String> waits = CompletableFuture.supplyAsync(() -> take(other, "two", "by 1", two));
            await().until(() -> waiting() == 1);
            assertThat(take(warm, "two", "by 0", two)).isEqualTo("by 0");
            assertThat(waits.get(40, TimeUnit.SECONDS)).isEqualTo("by 0");
        }
    }

    private static SharedTexts patient(int engine) {
        return new SharedTexts(engine, grid.member(engine), Duration.ofMinutes(2));
    }

    /** Whose the text is that an engine takes. */
    private static String take(SharedTexts texts, String text, String own) {
        return take(texts, text, own, ALL);
    }

    private static String take(SharedTexts texts, String text, String own, SharedTexts.User user) {
        return texts.get(key(text), user, compiler(() -> text(own), "the same classes"))
                .warnings()
                .get(0);
    }

    @Test
    void whoNeedsATextThatAnotherOneIsAtWaitsForThat() throws Exception {
        Compiler compiler = new Compiler(() -> text("by 0"));
        CompletableFuture<CompiledText> first = get(0, key("shared"), compiler);
        compiler.awaitBegun();
        CompletableFuture<CompiledText> second = get(1, key("shared"), () -> text("by 1"));

        compiler.ends.countDown();

        assertThat(second.get(40, TimeUnit.SECONDS)).isEqualTo(text("by 0"));
        assertThat(first.get(40, TimeUnit.SECONDS)).isEqualTo(text("by 0"));
        assertThat(get(2, key("shared"), () -> text("by 2")).get(40, TimeUnit.SECONDS))
                .isEqualTo(text("by 0"));
    }

    @Test
    void whatIsNotValidForOneEngineIsNotForThoseWithTheSameClassesAndTheOthersTry() throws Exception {
        List<Problem> problems = List.of(new Problem(1, 9, "cannot find symbol", "int n = nobody;"));
        Compiler compiler = new Compiler(() -> {
            throw new TextException(0, "text", problems);
        });
        CompletableFuture<CompiledText> first = get(0, key("wrong"), compiler);
        compiler.awaitBegun();
        CompletableFuture<CompiledText> same = get(1, key("wrong"), () -> text("by 1"));
        CompletableFuture<CompiledText> other = get(2, key("wrong"), () -> text("by 2"), "another class");
        await().until(() -> waiting() == 2);

        compiler.ends.countDown();

        assertThat(first).failsWithin(40, TimeUnit.SECONDS);
        assertThat(same)
                .failsWithin(40, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOfSatisfying(TextException.class, told -> {
                    assertThat(told.engineId()).isEqualTo(1);
                    assertThat(told.problems()).isEqualTo(problems);
                });
        assertThat(other.get(40, TimeUnit.SECONDS)).isEqualTo(text("by 2"));
    }

    private static long waiting() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .filter(frame -> frame.getClassName().equals(TextNews.class.getName()))
                .filter(frame -> frame.getMethodName().equals("await"))
                .count();
    }

    @Test
    void aTextWhoseCompilerIsLostIsCompiledByAnotherEngine() throws Exception {
        Compiler compiler = new Compiler(() -> text("by 2"));
        CompletableFuture<CompiledText> lost = get(2, key("lost"), compiler);
        compiler.awaitBegun();
        CompletableFuture<CompiledText> other = get(1, key("lost"), () -> text("by 1"));

        grid.kill(2);

        assertThat(other.get(40, TimeUnit.SECONDS)).isEqualTo(text("by 1"));
        compiler.ends.countDown();
        assertThat(lost).failsWithin(40, TimeUnit.SECONDS);
        grid.startEngine(2);
    }

    @Test
    void whoWaitsForATextIsToldOfItAndSoIsWhoWaitsLater() throws Exception {
        try (TextNews teller = new TextNews(grid.member(0).getTopic(GridObjects.COMPILED));
                TextNews waiting = new TextNews(grid.member(1).getTopic(GridObjects.COMPILED))) {
            CompletableFuture<byte[]> told = CompletableFuture.supplyAsync(() -> {
                try {
                    return waiting.await(key("soon"), TimeUnit.SECONDS.toNanos(40));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            teller.tell(key("before"), new byte[] {1});
            teller.tell(key("soon"), new byte[] {2, 3});

            assertThat(told.get(40, TimeUnit.SECONDS)).containsExactly(2, 3);
            assertThat(waiting.await(key("before"), 0)).containsExactly(1);
            assertThat(waiting.await(key("before"), 0)).isNull();
            assertThat(teller.await(key("before"), 0)).isNull();
        }
    }
}
