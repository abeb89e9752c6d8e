package io.gridctl.node.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gridctl.GridMemory.ProgramFunctions;
import io.gridctl.node.task.FunctionPack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KeptFunctionsTest {
    private static final int SIZE = FunctionPack.SHARED_FROM;
    private static final UUID CLIENT = new UUID(1, 2);

    private final List<Runnable> later = new ArrayList<>();
    private long now;
    private final KeptFunctions functions = new KeptFunctions(2 * SIZE, () -> now, (what, millis) -> later.add(what));

    private static FunctionPack function(int filling) {
        return function(filling, SIZE);
    }

    private static FunctionPack function(int filling, int size) {
        byte[] bytes = new byte[size];
        bytes[0] = (byte) filling;
        return FunctionPack.of(bytes);
    }

    private boolean has(String program, FunctionPack function) throws InterruptedException {
        FunctionPack found = functions.await(program, function.named(false));
        assertThat(found == null || found.bytes()[0] == function.bytes()[0]).isTrue();
        return found != null;
    }

    @Test
    void whatWasBroughtNeedOnlyBeNamed() throws Exception {
        FunctionPack one = function(1);
        assertThat(has("p", one)).isFalse();

        functions.await("p", one);

        assertThat(Objects.requireNonNull(functions.await("p", one.named(false)))
                        .bytes())
                .isSameAs(one.bytes());
        assertThat(has("other", one)).isFalse();
        assertThat(has("p", function(2))).isFalse();
    }

    @Test
    void whatWasUsedLeastRecentlyMakesRoom() throws Exception {
        functions.await("p", function(1));
        functions.await("p", function(2));
        assertThat(has("p", function(1))).isTrue();

        functions.await("q", function(3));

        assertThat(has("p", function(1))).isTrue();
        assertThat(has("p", function(2))).isFalse();
        assertThat(functions.held(Map.of("p", CLIENT, "q", CLIENT)))
                .containsExactly(
                        new ProgramFunctions("p", CLIENT, 1, SIZE), new ProgramFunctions("q", CLIENT, 1, SIZE));
    }

    @Test
    void whatIsOnItsWayIsWaitedFor() throws Exception {
        FunctionPack one = function(1);
        Thread[] waiting = new Thread[1];
        CompletableFuture<FunctionPack> found = CompletableFuture.supplyAsync(() -> {
            waiting[0] = Thread.currentThread();
            try {
                return functions.await("p", one.named(true));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> waiting[0] != null && waiting[0].getState() == Thread.State.TIMED_WAITING);

        functions.await("p", one);

        assertThat(found.get().bytes()).isSameAs(one.bytes());
    }

    @Test
    void whatNeverComesIsNotWaitedForForEver() throws Exception {
        assertThat(functions.await("p", function(1).named(true))).isNull();
    }

    @Test
    void aProgramThatIsLetGoLeavesNothing() throws Exception {
        functions.await("p", function(1));
        functions.await("q", function(1));

        functions.forget("p");

        assertThat(has("p", function(1))).isFalse();
        assertThat(has("q", function(1))).isTrue();
        functions.await("q", function(2));
        assertThat(has("q", function(1))).as("the room that it had is free").isTrue();
    }

    @Test
    void aSmallFunctionIsNotKept() throws Exception {
        FunctionPack small = FunctionPack.of(new byte[SIZE - 1]);

        assertThat(functions.await("p", small)).isSameAs(small);

        assertThat(functions.held(Map.of("p", CLIENT))).isEmpty();
        assertThat(small.named(false).isWhole()).isTrue();
        assertThat(later).isEmpty();
    }

    @Test
    void oneThatIsLargerThanAllRoomIsKeptAndNothingBesideIt() throws Exception {
        functions.await("p", function(1));
        functions.await("p", function(2, 3 * SIZE));

        assertThat(functions.held(Map.of("p", CLIENT)))
                .containsExactly(new ProgramFunctions("p", CLIENT, 1, 3L * SIZE));
        assertThat(has("p", function(2, 3 * SIZE))).isTrue();

        functions.await("p", function(3));
        assertThat(has("p", function(2, 3 * SIZE))).isFalse();
    }

    private void passes(long seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
        List<Runnable> due = List.copyOf(later);
        later.clear();
        due.forEach(Runnable::run);
    }

    @Test
    void whatWeighsMuchGoesWhenItIsNotUsed() throws Exception {
        KeptFunctions roomy = new KeptFunctions(1 << 30, () -> now, (what, millis) -> later.add(what));
        FunctionPack weighty = function(1, KeptFunctions.WEIGHTY);
        roomy.await("p", weighty);
        roomy.await("p", function(2));
        assertThat(later).hasSize(1);

        now += TimeUnit.SECONDS.toNanos(40);
        roomy.await("p", weighty.named(false));
        passes(20);
        assertThat(roomy.await("p", weighty.named(false))).as("used of late").isNotNull();
        passes(60);

        assertThat(roomy.held(Map.of("p", CLIENT))).containsExactly(new ProgramFunctions("p", CLIENT, 1, SIZE));
        assertThat(later).as("nothing to look for any more").isEmpty();
    }

    @Test
    void aSmallHeapHasLessRoom() {
        assertThat(KeptFunctions.room(64L << 20)).isEqualTo(8 << 20);
        assertThat(KeptFunctions.room(512L << 20)).isEqualTo(64 << 20);
        assertThat(KeptFunctions.room(4L << 30)).isEqualTo(256 << 20);
    }
}
