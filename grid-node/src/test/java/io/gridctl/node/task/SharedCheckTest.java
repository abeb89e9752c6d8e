package io.gridctl.node.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedCheckTest {
    private final ExecutorService askers = Executors.newCachedThreadPool();
    private final AtomicInteger begun = new AtomicInteger();

    @AfterEach
    void end() {
        askers.shutdownNow();
    }

    @Test
    void whoAsksWhileACheckRunsGetsTheAnswerOfTheNextWhichAllShare() {
        CountDownLatch first = new CountDownLatch(1);
        SharedCheck check = new SharedCheck(() -> {
            if (begun.incrementAndGet() > 1) {
                return true;
            }
            try {
                first.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return false;
        });

        CompletableFuture<Boolean> early = CompletableFuture.supplyAsync(check::holds, askers);
        await().until(() -> begun.get() == 1);
        AtomicInteger asking = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        List<CompletableFuture<Boolean>> late = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            CompletableFuture<Boolean> answer = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                asking.incrementAndGet();
                answer.complete(check.holds());
            });
            thread.start();
            threads.add(thread);
            late.add(answer);
        }
        await().until(() ->
                threads.stream().noneMatch(thread -> thread.getState() == Thread.State.RUNNABLE) && asking.get() == 5);
        first.countDown();

        assertThat(early.join()).isFalse();
        assertThat(late).allSatisfy(answer -> assertThat(answer.join()).isTrue());
        assertThat(begun).hasValue(2);
    }

    @Test
    void aCheckThatFailsDoesNotSpoilTheNext() {
        SharedCheck check = new SharedCheck(() -> {
            if (begun.incrementAndGet() == 1) {
                throw new IllegalStateException("torn");
            }
            return true;
        });

        assertThatThrownBy(check::holds).isInstanceOf(CompletionException.class).hasRootCauseMessage("torn");
        assertThat(check.holds()).isTrue();
    }
}
