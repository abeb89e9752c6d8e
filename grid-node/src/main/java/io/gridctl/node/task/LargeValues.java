package io.gridctl.node.task;

import com.hazelcast.client.HazelcastClientNotActiveException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.IMap;
import io.gridctl.node.share.SharedValue;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
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

    private final PieceMover mover = new PieceMover();
    private final IMap<BlobKey, byte[]> pieces;
    private final @Nullable PendingValues pending;
    private final @Nullable CommonMemory common;

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
        return new PieceReader(this, blob, length);
    }

    /** A large value went while it was read: its name has another value now, or none. */
    public static final class ReplacedException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        ReplacedException() {
            super("a large value was replaced or removed while it was read");
        }
    }

    /**
     * Large values that no host's memory is used for.
     *
     * @param pieces the map that holds the pieces
     */
    public LargeValues(IMap<BlobKey, byte[]> pieces) {
        this(pieces, null, null);
    }

    /**
     * Large values as a client writes and reads them.
     *
     * @param pieces the map that holds the pieces
     * @param common what the client shares with the members, if they are all on its host; closed by who made it
     */
    public LargeValues(IMap<BlobKey, byte[]> pieces, CommonMemory common) {
        this(pieces, common.pending(), common);
    }

    private LargeValues(IMap<BlobKey, byte[]> pieces, @Nullable PendingValues pending, @Nullable CommonMemory common) {
        this.pieces = pieces;
        this.pending = pending;
        this.common = common;
    }

    /**
     * Large values as a member reads them, and clients have it release them.
     *
     * @param member a member of the grid
     * @return its large values
     */
    public static LargeValues of(HazelcastInstance member) {
        return new LargeValues(member.getMap(GridObjects.BLOB), PendingValues.of(member), null);
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
     * Stores a value; blocks until it is there for everybody, whoever ends then.
     *
     * @param source the value
     * @param references how many names will refer to it
     * @return its id
     */
    public UUID write(Source source, int references) {
        UUID blob = UUID.randomUUID();
        pieces.executeOnKey(new BlobKey(blob, BlobKey.REFERENCES), new ReferenceChange(references));
        if (common == null || !isLeftInMemory(blob, source, common)) {
            mover.move(count(source.length()), piece -> send(blob, piece, source), stored -> {});
        }
        return blob;
    }

    /** Whether the value now lies in the memory that this process shares with all members, from where they store it. */
    private boolean isLeftInMemory(UUID blob, Source source, CommonMemory shared) {
        Optional<CommonMemory.Begun> begun = shared.begin(blob, source.length());
        if (begun.isEmpty()) {
            return false;
        }
        try (SharedValue value = begun.get().value()) {
            return isFilled(value, source) && shared.leave(begun.get(), blob, source.length());
        } finally {
            shared.wrote(blob, source.length());
        }
    }

    private static boolean isFilled(SharedValue value, Source source) {
        for (int piece = 0; piece < count(source.length()); piece++) {
            long from = (long) piece * PIECE;
            if (!value.fill(piece, into -> source.fill(from, into))) {
                return false;
            }
        }
        return true;
    }

    private CompletionStage<Void> send(UUID blob, int piece, Source source) {
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
        try (SharedValue shared = pending == null
                ? null
                : pending.memory().find(blob, length, PIECE).orElse(null)) {
            if (shared == null) {
                fetch(blob, length, sink);
            } else {
                read(blob, length, sink, shared);
            }
        }
    }

    private void fetch(UUID blob, long length, Sink sink) {
        int[] next = new int[1];
        mover.<@Nullable Object>move(
                count(length),
                piece -> begin(blob, piece),
                fetched -> sink.take(bytes(blob, length, next[0]++, fetched)));
    }

    /** Begins to fetch a piece, for {@link #bytes}. */
    CompletionStage<? extends @Nullable Object> begin(UUID blob, int piece) {
        return PieceData.get(pieces, new BlobKey(blob, piece));
    }

    /** The bytes of a piece that was fetched. Blocks only if it is not in the grid's map yet. */
    ByteBuffer bytes(UUID blob, long length, int piece, @Nullable Object fetched) {
        ByteBuffer bytes = PieceData.bytes(fetched);
        if (bytes == null && pending != null && exists(blob)) {
            bytes = brought(pending, blob, length, piece);
        }
        if (bytes == null) {
            throw new ReplacedException();
        }
        return bytes;
    }

    private @Nullable ByteBuffer brought(PendingValues elsewhere, UUID blob, long length, int piece) {
        // It may have been stored for the piece before.
        ByteBuffer bytes = fetched(blob, piece);
        if (bytes == null) {
            elsewhere.bring(blob, length);
            bytes = fetched(blob, piece);
        }
        if (bytes == null && exists(blob)) {
            throw new IllegalStateException("a large value lies in the memory of a host of which no member answers");
        }
        return bytes;
    }

    private @Nullable ByteBuffer fetched(UUID blob, int piece) {
        return PieceData.bytes(begin(blob, piece).toCompletableFuture().join());
    }

    /** The bytes of a piece that this member holds, be it for another one; null if it does not. */
    @Nullable
    ByteBuffer held(UUID blob, int piece) {
        return PieceData.held(pieces, new BlobKey(blob, piece));
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
        SharedRead read = new SharedRead(this, blob, length, shared, sink);
        read.offer(count(length));
        mover.<@Nullable Object>move(count(length), read::begin, read::end);
    }

    /** How many pieces of a value lie together, from one on. */
    static int together(long length, int piece) {
        return Math.min(BlobKey.TOGETHER - piece % BlobKey.TOGETHER, count(length) - piece);
    }

    static int groups(long length) {
        return (count(length) + BlobKey.TOGETHER - 1) / BlobKey.TOGETHER;
    }

    static int count(long length) {
        return Math.toIntExact((length + PIECE - 1) / PIECE);
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
            } else if (left <= 0 && (pending == null || !pending.drop(blob, length))) {
                removePieces(pieces, blob, length);
            }
        });
    }

    /** Removes what there is of a value, and of its copies. Does not wait. */
    static void removePieces(IMap<BlobKey, byte[]> pieces, UUID blob, long length) {
        for (int group = 0; group < groups(length); group++) {
            remove(pieces, new BlobKey(blob, group * BlobKey.TOGETHER), length);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private static void remove(IMap<BlobKey, byte[]> pieces, BlobKey first, long length) {
        PieceData.inAnyForm(pieces).submitToKey(first, new RemovePieces(length)).whenComplete((done, trouble) -> {
            if (trouble != null) {
                log.warn("pieces of a large value stay: they could not be deleted", trouble);
            }
        });
    }
}
