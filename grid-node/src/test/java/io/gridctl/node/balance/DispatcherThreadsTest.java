package io.gridctl.node.balance;

import static io.gridctl.node.balance.FakeWork.works;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an event costs, and who may report one. */
class DispatcherThreadsTest extends DispatcherFixture {
    @Test
    @Timeout(60)
    void theCostOfAnEventDoesNotDependOnHowManyJobsWait() {
        dispatcher.join(first);
        for (int i = 0; i < 300_000; i++) {
            submit(works("a", 1));
        }

        int ended = 0;
        while (!first.holds.isEmpty()) {
            first.endFirst(dispatcher, LONG);
            ended++;
        }

        assertThat(ended).isEqualTo(300_000);
    }

    @Test
    @Timeout(60)
    void anyThreadMayReport() throws InterruptedException {
        int engines = 4;
        int jobs = 20;
        int each = 2_000;
        CountDownLatch left = new CountDownLatch(jobs * each);
        AtomicInteger twice = new AtomicInteger();
        record CountedWork(AtomicBoolean done) implements Work {
            @Override
            public boolean isEnded() {
                return done.get();
            }

            @Override
            public void lost(LossHistory history) {
                throw new AssertionError("nothing is lost here");
            }
        }
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try (Dispatcher<CountedWork> shared = new Dispatcher<>(System::nanoTime)) {
            for (int id = 0; id < engines; id++) {
                int engineId = id;
                shared.join(new EnginePort<>() {
                    @Override
                    public int engineId() {
                        return engineId;
                    }

                    @Override
                    public int incarnation() {
                        return 1;
                    }

                    @Override
                    public int slots() {
                        return 1 + engineId;
                    }

                    @Override
                    public void send(List<CountedWork> frame) {
                        pool.execute(() -> frame.forEach(work -> {
                            if (!work.done().compareAndSet(false, true)) {
                                twice.incrementAndGet();
                            }
                            shared.ended(this, work, 1_000);
                            left.countDown();
                        }));
                    }
                });
            }
            for (int job = 0; job < jobs; job++) {
                List<CountedWork> works = new ArrayList<>();
                for (int i = 0; i < each; i++) {
                    works.add(new CountedWork(new AtomicBoolean()));
                }
                pool.execute(() -> shared.submit(WorkSource.of(works)));
            }

            boolean all = left.await(40, TimeUnit.SECONDS);

            assertThat(all).as("%d works left", left.getCount()).isTrue();
            assertThat(twice).hasValue(0);
        } finally {
            pool.shutdownNow();
        }
    }
}
