package io.gridctl.node.task;

import com.hazelcast.client.HazelcastClientNotActiveException;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.IMap;
import io.gridctl.node.share.SharedValue;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Large values in pieces, several of them under way: as one packet a value of 64 MB takes three times as long and
 * stalls everything behind it on its connection. A value has a random id and a count of the names that refer to it;
 * releasing the last one deletes the pieces.
 */
public final class LargeValues {
    private static final Logger log = LoggerFactory.getLogger(LargeValues.class);

    /** From this size on, a value is kept in pieces rather than in its record. */
    public static final int LARGE = 1 << 20;

    /** The size of all pieces of a value but its last. */
    public static final int PIECE = 1 << 20;

    static final int UNDER_WAY = 8;

    /** Pieces of all values that are under way at once, in either direction; where memory is shared, groups of them. */
    private static final int ROOM = 16;

    private final Semaphore room = new Semaphore(ROOM);

    private final IMap<BlobKey, byte[]> pieces;
    private final @Nullable CommonMemory memory;

    /**
     * Begins to write a value whose length is not known yet.
     *
     * @return takes its bytes
     */
    public PieceWriter writer() {
        return new PieceWriter(pieces, this);
    }

    /**
     * Begins to read a value that need not fit into memory.
     *
     * @param blob its id
     * @param length its length
     * @return its bytes; {@link ReplacedException} if a piece is missing
     */
    public PieceReader reader(UUID blob, long length) {
        return new PieceReader(pieces, blob, length);
    }

    /** A large value went while it was read: its name has another value now, or none. */
    public static final class ReplacedException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        ReplacedException() {
            super("a large value was replaced or removed while it was read");
        }
    }

    /**
     * Large values of one grid.
     *
     * @param pieces the map that holds the pieces
     */
    public LargeValues(IMap<BlobKey, byte[]> pieces) {
        this(pieces, null);
    }

    /**
     * Large values of one grid that may be on this host as a whole.
     *
     * @param pieces the map that holds the pieces
     * @param memory what is shared with the members if it is; closed by who made it. Null if nothing is
     */
    public LargeValues(IMap<BlobKey, byte[]> pieces, @Nullable CommonMemory memory) {
        this.pieces = pieces;
        this.memory = memory;
    }

    /** Where the bytes of a value come from. */
    public interface Source {
        /** {@return how many bytes there are} */
        long length();

        /**
         * Copies some of the bytes.
         *
         * @param from the first one's index
         * @param into takes as many as it has room for, all of which there are
         */
        void fill(long from, ByteBuffer into);

        /**
         * Bytes that are there.
         *
         * @param bytes the bytes, not copied
         * @return the same as a source
         */
        static Source of(byte[] bytes) {
            return new Source() {
                @Override
                public long length() {
                    return bytes.length;
                }

                @Override
                public void fill(long from, ByteBuffer into) {
                    into.put(bytes, (int) from, into.remaining());
                }
            };
        }
    }

    /** Where the bytes of a value go. */
    public interface Sink {
        /**
         * The next bytes.
         *
         * @param piece the bytes that follow those before, not to be changed
         */
        void take(ByteBuffer piece);
    }

    /**
     * Stores a value; blocks until all pieces are stored.
     *
     * @param source the value
     * @param references how many names will refer to it
     * @return its id
     */
    public UUID write(Source source, int references) {
        UUID blob = UUID.randomUUID();
        pieces.executeOnKey(new BlobKey(blob, BlobKey.REFERENCES), new ReferenceChange(references));
        if (memory == null || !isWrittenToMemory(blob, source, memory)) {
            move(count(source.length()), piece -> send(pieces, blob, piece, source), stored -> {});
        }
        return blob;
    }

    /** Whether all members have found the value in the memory that this process shares with them. */
    private boolean isWrittenToMemory(UUID blob, Source source, CommonMemory shared) {
        Optional<CommonMemory.Begun> begun = shared.begin(blob, source.length());
        if (begun.isEmpty()) {
            return false;
        }
        try (SharedValue value = begun.get().value()) {
            SharedWrite write = new SharedWrite(pieces, blob, value, source);
            this.<Integer>move(groups(source.length()), write::begin, write::end);
        } finally {
            shared.stored(blob);
        }
        return shared.holds(begun.get());
    }

    static CompletionStage<Void> send(IMap<BlobKey, byte[]> pieces, UUID blob, int piece, Source source) {
        return PieceData.set(
                pieces,
                new BlobKey(blob, piece),
                size(source.length(), piece),
                into -> source.fill((long) piece * PIECE, into));
    }

    static int size(long length, int piece) {
        return (int) Math.min(PIECE, length - (long) piece * PIECE);
    }

    /**
     * Reads a value from this host's memory, if somebody has written it there, or fetches it; blocks until it is there.
     *
     * @param blob its id
     * @param length its length
     * @param sink takes the pieces, in their order, on this thread
     * @throws ReplacedException if a piece is missing, because the value was replaced or removed meanwhile
     */
    public void read(UUID blob, long length, Sink sink) {
        try (SharedValue shared =
                memory == null ? null : memory.find(blob, length).orElse(null)) {
            if (shared == null) {
                fetch(blob, length, sink);
            } else {
                read(blob, length, sink, shared);
            }
        }
    }

    private void fetch(UUID blob, long length, Sink sink) {
        move(count(length), piece -> PieceData.get(pieces, new BlobKey(blob, piece)), part -> {
            ByteBuffer bytes = PieceData.bytes(part);
            if (bytes == null) {
                throw new ReplacedException();
            }
            sink.take(bytes);
        });
    }

    /**
     * Fetches a value together with the other engines of this host: what one of them holds or has fetched the others find
     * in the memory that they share. Blocks until it is there, and does not wait for another engine.
     *
     * @param blob its id
     * @param length its length
     * @param sink takes the pieces, in their order, on this thread
     * @param shared where the pieces are shared
     * @throws ReplacedException if a piece is missing, because the value was replaced or removed meanwhile
     */
    public void read(UUID blob, long length, Sink sink, SharedValue shared) {
        SharedRead read = new SharedRead(pieces, blob, shared, sink);
        read.offer(count(length));
        this.<@Nullable Object>move(count(length), read::begin, read::end);
    }

    /** How many pieces of a value lie together, from one on. */
    static int together(long length, int piece) {
        return Math.min(BlobKey.TOGETHER - piece % BlobKey.TOGETHER, count(length) - piece);
    }

    private static int groups(long length) {
        return (count(length) + BlobKey.TOGETHER - 1) / BlobKey.TOGETHER;
    }

    private static int count(long length) {
        return Math.toIntExact((length + PIECE - 1) / PIECE);
    }

    /** Moves the pieces of a value, or groups of them, in their order: some of them under way, and no more of all values than there is room. */
    private <T extends @Nullable Object> void move(
            int count, IntFunction<? extends CompletionStage<? extends T>> start, Consumer<T> end) {
        Queue<CompletionStage<? extends T>> underWay = new ArrayDeque<>();
        try {
            for (int piece = 0; piece < count; piece++) {
                while (underWay.size() == UNDER_WAY || !enter(underWay.isEmpty())) {
                    finishFirst(underWay, end);
                }
                boolean started = false;
                try {
                    underWay.add(start.apply(piece));
                    started = true;
                } finally {
                    room.release(started ? 0 : 1);
                }
            }
            while (!underWay.isEmpty()) {
                finishFirst(underWay, end);
            }
        } finally {
            room.release(underWay.size());
        }
    }

    /** Who has something under way finishes that rather than wait for others, who might do the same. */
    private boolean enter(boolean mayWait) {
        if (!mayWait) {
            return room.tryAcquire();
        }
        room.acquireUninterruptibly();
        return true;
    }

    private <T extends @Nullable Object> void finishFirst(
            Queue<CompletionStage<? extends T>> underWay, Consumer<T> end) {
        end.accept(underWay.element().toCompletableFuture().join());
        underWay.remove();
        room.release();
    }

    /**
     * Whether a value is there to be referred to. One whose writer took very long before it told an engine may have been
     * swept away as nobody's.
     *
     * @param blob its id
     * @return whether references to it are counted
     */
    public boolean exists(UUID blob) {
        return pieces.containsKey(new BlobKey(blob, BlobKey.REFERENCES));
    }

    /**
     * Gives up references; the pieces go with the last one. Does not wait for that.
     *
     * @param blob the value's id
     * @param length its length
     * @param references how many names no longer refer to it
     */
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for the end of what nobody uses; failures are logged.
    public void release(UUID blob, long length, int references) {
        CompletionStage<Integer> counted;
        try {
            counted = pieces.submitToKey(new BlobKey(blob, BlobKey.REFERENCES), new ReferenceChange(-references));
        } catch (HazelcastClientNotActiveException | HazelcastInstanceNotActiveException ended) {
            log.debug("large value {} is left to be swept, as this process has left its grid", blob, ended);
            return;
        }
        counted.whenComplete((left, trouble) -> {
            if (trouble != null) {
                log.warn("large value {} may stay: its references could not be counted", blob, trouble);
            } else if (left <= 0) {
                for (int group = 0; group < groups(length); group++) {
                    remove(new BlobKey(blob, group * BlobKey.TOGETHER), length);
                }
            }
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void remove(BlobKey first, long length) {
        PieceData.inAnyForm(pieces).submitToKey(first, new RemovePieces(length)).whenComplete((done, trouble) -> {
            if (trouble != null) {
                log.warn("pieces of a large value stay: they could not be deleted", trouble);
            }
        });
    }
}
