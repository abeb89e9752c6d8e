package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.partition.PartitionAware;
import java.io.IOException;
import java.util.UUID;

/**
 * Where a piece of a large value lies. Piece −1 holds the count of the names that refer to the value. A few neighbouring
 * pieces lie in one partition, so that one step stores or removes them.
 */
public final class BlobKey implements PartitionAware<Long>, Wire.Typed {
    /** The piece that holds the count of references. */
    public static final int REFERENCES = -1;

    /**
     * So many pieces lie together, the first of which is a multiple of this. With more of them the parts of a value would be
     * spread less evenly over the members.
     */
    public static final int TOGETHER = 4;

    private UUID blob = new UUID(0, 0);
    private int piece;

    BlobKey() {}

    /**
     * A key.
     *
     * @param blob the value's id
     * @param piece which piece, from 0
     */
    public BlobKey(UUID blob, int piece) {
        this.blob = blob;
        this.piece = piece;
    }

    /** {@return the value's id} */
    public UUID blob() {
        return blob;
    }

    /** {@return which piece} */
    public int piece() {
        return piece;
    }

    @Override
    public Long getPartitionKey() {
        return blob.getMostSignificantBits() * 31 + blob.getLeastSignificantBits() + Math.floorDiv(piece, TOGETHER);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlobKey that && that.piece == piece && that.blob.equals(blob);
    }

    @Override
    public int hashCode() {
        return blob.hashCode() * 31 + piece;
    }

    @Override
    public int getClassId() {
        return WireTypes.BLOB_KEY;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        Wire.writeUuid(out, blob);
        out.writeInt(piece);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        blob = Wire.readUuid(in);
        piece = in.readInt();
    }
}
