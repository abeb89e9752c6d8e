package io.gridctl.node.client;

import io.gridctl.Distribution;
import io.gridctl.GridException;
import io.gridctl.node.task.Layout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * A map of the direct view on its way: contiguous items for each engine, in some chunks, so that results come as they
 * arrive; a few MiB are under way to each engine. Engines keep what they got: what one did not answer has failed.
 */
final class DirectMap {
    /** An engine's share comes back in about so many chunks. */
    private static final int CHUNKS = 8;

    private static final int CHUNK_ITEMS = 32 << 10;

    /** Chunks travel in one frame until it is of this size. */
    private static final int FRAME_BYTES = 256 << 10;

    private static final int BYTES_UNDER_WAY = 4 << 20;

    private final ItemTraffic<?> call;
    private final Executor threads;
    private final Function<EngineLink, GridException> lost;

    private DirectMap(ItemTraffic<?> call, Executor threads, Function<EngineLink, GridException> lost) {
        this.call = call;
        this.threads = threads;
        this.lost = lost;
    }

    /** Items that go as one, and about how many bytes they are. */
    record Portion(Chunk chunk, EngineLink engine, long bytes) {}

    /** The items of a call in chunks, those of an engine one behind the other. */
    static List<Portion> portions(ItemTraffic<?> call, List<EngineLink> engines) {
        List<Portion> portions = new ArrayList<>();
        shares(call, engines).forEach((part, link) -> {
            int end = (int) (part.offset() + part.length());
            int most = chunkItems((int) part.length());
            for (int next = (int) part.offset(); next < end; ) {
                int from = next;
                ItemTraffic.Reach reach = call.reach(from, Math.min(end, from + most), FRAME_BYTES);
                next = reach.end();
                portions.add(new Portion(new Chunk(call, from, next, null), link, reach.bytes()));
            }
        });
        return portions;
    }

    private static Map<Layout.Part, EngineLink> shares(ItemTraffic<?> call, List<EngineLink> engines) {
        Map<Integer, EngineLink> links = new HashMap<>();
        engines.forEach(link -> links.put(link.engineId(), link));
        List<Integer> ids = engines.stream().map(EngineLink::engineId).toList();
        Map<Layout.Part, EngineLink> shares = new LinkedHashMap<>();
        for (Layout.Part part :
                Layout.of(Layout.LIST, call.size(), ids, Distribution.BLOCK).parts()) {
            if (part.length() > 0) {
                shares.put(part, links.get(part.engineId()));
            }
        }
        return shares;
    }

    private static int chunkItems(int count) {
        return Math.min(CHUNK_ITEMS, (count + CHUNKS - 1) / CHUNKS);
    }

    /**
     * Sends the items of a call.
     *
     * @param threads the grid's own
     * @param lost makes the failure of items whose engine is gone
     */
    static void send(
            ItemTraffic<?> call, List<EngineLink> engines, Executor threads, Function<EngineLink, GridException> lost) {
        DirectMap map = new DirectMap(call, threads, lost);
        List<Lane> lanes = new ArrayList<>();
        shares(call, engines)
                .forEach((part, link) -> lanes.add(map.new Lane(link, (int) part.offset(), (int) part.length())));
        // In turns, so that all engines begin at once.
        while (!lanes.isEmpty()) {
            lanes.removeIf(lane -> !lane.sendFrame());
        }
    }

    /** One engine's share. */
    private final class Lane implements FrameOwner {
        private final EngineLink link;
        private final int end;
        private final int chunkItems;
        private final IdentityHashMap<Parcel, Long> underWay = new IdentityHashMap<>();
        private int next;
        private long bytesUnderWay;
        private boolean gone;

        Lane(EngineLink link, int from, int count) {
            this.link = link;
            next = from;
            end = from + count;
            this.chunkItems = chunkItems(count);
        }

        /** Sends one frame, unless all was sent or enough is under way; says whether it did. */
        boolean sendFrame() {
            List<Parcel> frame = nextFrame();
            if (frame.isEmpty()) {
                return false;
            }
            link.send(frame, this, false);
            return true;
        }

        private synchronized List<Parcel> nextFrame() {
            List<Parcel> frame = new ArrayList<>();
            long size = 0;
            while (!gone && next < end && size < FRAME_BYTES && bytesUnderWay < BYTES_UNDER_WAY) {
                int from = next;
                ItemTraffic.Reach reach = call.reach(from, Math.min(end, from + chunkItems), FRAME_BYTES);
                next = reach.end();
                Chunk chunk = new Chunk(call, from, next, null);
                if (chunk.isEnded()) {
                    // The call was cancelled.
                    continue;
                }
                frame.add(chunk);
                underWay.put(chunk, reach.bytes());
                bytesUnderWay += reach.bytes();
                size += reach.bytes();
            }
            return frame;
        }

        /** The rest is encoded beside Hazelcast's threads. */
        @Override
        public void answered(EngineLink from, List<Ended> ended, List<Parcel> handedBack, List<Parcel> late) {
            boolean more;
            synchronized (this) {
                for (Ended each : ended) {
                    Long bytes = underWay.remove(each.parcel());
                    bytesUnderWay -= bytes == null ? 0 : bytes;
                }
                more = !gone && next < end && bytesUnderWay < BYTES_UNDER_WAY;
            }
            if (more) {
                threads.execute(() -> {
                    boolean sent;
                    do {
                        sent = sendFrame();
                    } while (sent);
                });
            }
        }

        @Override
        public void lost(EngineLink from, List<Parcel> unanswered) {
            int unsent;
            synchronized (this) {
                gone = true;
                unsent = next;
                next = end;
            }
            GridException failure = lost.apply(link);
            unanswered.forEach(chunk -> chunk.failed(failure));
            call.failed(unsent, end, failure);
        }

        @Override
        public void lends(EngineLink from, Parcel task, boolean lent) {
            // Its engine knows what may run there.
        }

        @Override
        public void split(EngineLink from, Parcel whole, List<Parcel> parts) {
            throw new IllegalStateException("an engine hands nothing of a direct call back");
        }

        @Override
        public void again(List<Parcel> failed) {
            throw new IllegalStateException("a direct call is not tried again");
        }
    }
}
