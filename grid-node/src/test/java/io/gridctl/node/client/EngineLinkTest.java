package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import io.gridctl.ConnectOptions;
import io.gridctl.function.RemoteFunction;
import io.gridctl.node.EngineSettings;
import io.gridctl.node.code.StoredClasses;
import io.gridctl.node.task.CallShape;
import io.gridctl.node.task.CurrentSlot;
import io.gridctl.node.task.GridObjects;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the owner of frames is told, and in which order, while an engine's answers come by several threads. */
class EngineLinkTest {
    private static final int FRAMES = 200;

    private final TestGrid engines = new TestGrid(0);
    private final CompletableFuture<EngineLink> joined = new CompletableFuture<>();
    private final Owner owner = new Owner();

    @AfterEach
    void close() {
        engines.close();
    }

    /** Notes what it is told out of turn, and takes so long to learn of parts that what comes next is there by then. */
    private static final class Owner implements FrameOwner {
        final Set<Parcel> known = ConcurrentHashMap.newKeySet();
        final Queue<String> wrong = new ConcurrentLinkedQueue<>();
        final AtomicInteger ended = new AtomicInteger();
        final AtomicInteger lendings = new AtomicInteger();
        private final AtomicInteger inside = new AtomicInteger();

        private void told(List<Parcel> parcels, Runnable what) {
            if (inside.incrementAndGet() > 1) {
                wrong.add("two things at once");
            }
            parcels.stream().filter(parcel -> !known.contains(parcel)).forEach(parcel -> wrong.add("unknown"));
            what.run();
            inside.decrementAndGet();
        }

        @Override
        public void split(EngineLink link, Parcel whole, List<Parcel> parts) {
            told(List.of(whole), () -> {
                try {
                    Work.takes(1);
                } catch (InterruptedException e) {
                    wrong.add("interrupted");
                }
                known.addAll(parts);
            });
        }

        @Override
        public void answered(EngineLink link, List<Ended> all, List<Parcel> handedBack, List<Parcel> late) {
            told(handedBack, () -> {});
            told(late, () -> {});
            told(all.stream().map(Ended::parcel).toList(), () -> ended.addAndGet(all.size()));
        }

        @Override
        public void again(List<Parcel> failed) {
            wrong.add("again");
        }

        @Override
        public void lends(EngineLink link, Parcel task, boolean lent) {
            told(List.of(task), lendings::incrementAndGet);
        }

        @Override
        public void lost(EngineLink link, List<Parcel> unanswered) {
            told(unanswered, () -> {});
        }
    }

    @Test
    void tellsOfATaskAfterItsFrameAndOfOneThingAfterTheOther() throws Exception {
        engines.startEngine(new EngineSettings(0, 2, Set.of(), List.of()));
        HazelcastInstance hazelcast = engines.connectBare();
        ClientCode code = new ClientCode(
                new StoredClasses(hazelcast.getMap(GridObjects.CODE)),
                hazelcast.getLocalEndpoint().getUuid(),
                false,
                ConnectOptions.defaults().maxCallBytes());
        ClientCore core = new ClientCore(hazelcast, code, id -> Optional.ofNullable(joined.getNow(null)), () -> {});
        EngineDirectory directory = new EngineDirectory(
                hazelcast, ref -> new EngineLink(ref, core, owner), new Joined(), core::later, core.workers());
        try {
            directory.open();
            EngineLink link = joined.get(40, TimeUnit.SECONDS);
            Calls calls = new Calls(core);
            Gate gate = Gate.closed();
            // As long as this one goes on, what comes late is not held up by the frame's answer.
            link.send(List.of(chunk(calls, x -> pass(gate, x), List.of(0))), owner, true);
            await().until(() -> gate.arrived() == 1);

            for (int frame = 0; frame < FRAMES; frame++) {
                int before = owner.ended.get();
                link.send(List.of(chunk(calls, EngineLinkTest::waits, List.of(1, 2))), owner, true);
                await().until(() -> owner.ended.get() > before);
            }
            gate.open();
            await().until(() -> owner.ended.get() > FRAMES);

            assertThat(owner.wrong).isEmpty();
            assertThat(owner.lendings).hasPositiveValue();
        } finally {
            directory.close();
            core.close();
            hazelcast.shutdown();
        }
    }

    private final class Joined implements EngineDirectory.Watcher {
        @Override
        public void up(EngineLink link) {
            joined.complete(link);
        }

        @Override
        public void down(EngineLink link) {
            link.lose(() -> {});
        }
    }

    private static int pass(Gate gate, int x) throws InterruptedException {
        gate.pass();
        return x;
    }

    /** As if it waited for the grid: its frame is answered at once, without it and what is behind it. */
    private static int waits(int x) {
        CurrentSlot.lend().end();
        return x;
    }

    private Parcel chunk(Calls calls, RemoteFunction<Integer, Integer> code, List<Integer> items) {
        ItemsResult<Integer> result = calls.prepareItems(
                CallShape.FUNCTION,
                code,
                code,
                items,
                TaskPolicy.NONE,
                (context, kept, firstId, encoder) -> new ItemsResult<>(context, kept, firstId, encoder, 0));
        Parcel chunk = new Chunk(result, 0, items.size(), null);
        owner.known.add(chunk);
        return chunk;
    }
}
