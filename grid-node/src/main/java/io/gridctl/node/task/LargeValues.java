package io.gridctl.node.task;

import com.hazelcast.map.IMap;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
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

    private static final int PIECE = 1 << 20;
    private static final int UNDER_WAY = 8;

    private final IMap<BlobKey, byte[]> pieces;

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
        this.pieces = pieces;
    }

    /**
     * Stores a value; blocks until all pieces are stored.
     *
     * @param bytes the value
     * @param references how many names will refer to it
     * @return its id
     */
    public UUID write(byte[] bytes, int references) {
        UUID blob = UUID.randomUUID();
        pieces.executeOnKey(new BlobKey(blob, BlobKey.REFERENCES), new ReferenceChange(references));
        Queue<CompletionStage<Void>> underWay = new ArrayDeque<>();
        for (int piece = 0, from = 0; from < bytes.length; piece++, from += PIECE) {
            if (underWay.size() == UNDER_WAY) {
                underWay.remove().toCompletableFuture().join();
            }
            byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PIECE));
            underWay.add(pieces.setAsync(new BlobKey(blob, piece), part));
        }
        underWay.forEach(stage -> stage.toCompletableFuture().join());
        return blob;
    }

    /**
     * Fetches a value; blocks until it is there.
     *
     * @param blob its id
     * @param length its length
     * @return the value
     * @throws ReplacedException if a piece is missing, because the value was replaced or removed meanwhile
     */
    public byte[] read(UUID blob, long length) {
        byte[] bytes = new byte[Math.toIntExact(length)];
        int count = (int) ((length + PIECE - 1) / PIECE);
        Queue<CompletionStage<byte[]>> underWay = new ArrayDeque<>();
        int asked = 0;
        for (int piece = 0; piece < count; piece++) {
            while (asked < count && underWay.size() < UNDER_WAY) {
                underWay.add(pieces.getAsync(new BlobKey(blob, asked++)));
            }
            byte[] part = underWay.remove().toCompletableFuture().join();
            if (part == null) {
                throw new ReplacedException();
            }
            System.arraycopy(part, 0, bytes, piece * PIECE, part.length);
        }
        return bytes;
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
        int count = (int) ((length + PIECE - 1) / PIECE);
        pieces.submitToKey(new BlobKey(blob, BlobKey.REFERENCES), new ReferenceChange(-references))
                .whenComplete((left, trouble) -> {
                    if (trouble != null) {
                        log.warn("large value {} may stay: its references could not be counted", blob, trouble);
                    } else if (left <= 0) {
                        for (int piece = 0; piece < count; piece++) {
                            delete(new BlobKey(blob, piece));
                        }
                    }
                });
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void delete(BlobKey piece) {
        pieces.deleteAsync(piece).whenComplete((done, trouble) -> {
            if (trouble != null) {
                log.warn("a piece of a large value stays: it could not be deleted", trouble);
            }
        });
    }
}
