package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The function of a frame, with the values that it captures. Where that is large, it has an id, by which an engine keeps
 * it, so that it travels there once and frames after the first only name it. Equal to another of the same bytes.
 */
public final class FunctionPack {
    /** Below this an id is not worth its while. */
    public static final int SHARED_FROM = 4 << 10;

    private static final byte[] ELSEWHERE = {};

    private final @Nullable UUID id;
    private final byte[] bytes;
    private final boolean follows;
    /** Made when it is asked for, as for each task of a function; 0 before. */
    private int hash;

    private FunctionPack(@Nullable UUID id, byte[] bytes, boolean follows) {
        this.id = id;
        this.bytes = bytes;
        this.follows = follows;
    }

    /**
     * A function.
     *
     * @param bytes its bytes; not copied
     * @return the function, with an id made of its bytes unless it is small
     */
    public static FunctionPack of(byte[] bytes) {
        return new FunctionPack(bytes.length >= SHARED_FROM ? hash(bytes) : null, bytes, false);
    }

    /**
     * A text, or whatever else is not to be kept.
     *
     * @param bytes its bytes; not copied
     * @return the function, without an id
     */
    public static FunctionPack unshared(byte[] bytes) {
        return new FunctionPack(null, bytes, false);
    }

    private static UUID hash(byte[] bytes) {
        try {
            ByteBuffer hash =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
            return new UUID(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Only its name.
     *
     * @param following whether its bytes are on their way to the engine, in an earlier frame, and may come a little later
     * @return the same function, if it has an id
     */
    public FunctionPack named(boolean following) {
        return id == null ? this : new FunctionPack(id, ELSEWHERE, following);
    }

    /**
     * Its bytes have been found.
     *
     * @param found the bytes
     * @return the same function, whole
     */
    public FunctionPack with(byte[] found) {
        return new FunctionPack(id, found, false);
    }

    /** {@return its id, null if engines do not keep it} */
    public @Nullable UUID id() {
        return id;
    }

    /** {@return its bytes, none if they are elsewhere} */
    public byte[] bytes() {
        return bytes;
    }

    /** {@return whether the bytes are here} */
    public boolean isWhole() {
        return id == null || bytes.length > 0;
    }

    /** {@return whether the bytes may come a little later, in another frame} */
    public boolean follows() {
        return follows;
    }

    void write(ObjectDataOutput out) throws IOException {
        out.writeBoolean(id != null);
        if (id != null) {
            Wire.writeUuid(out, id);
            out.writeBoolean(follows);
        }
        out.writeByteArray(bytes);
    }

    static FunctionPack read(ObjectDataInput in) throws IOException {
        UUID id = null;
        boolean follows = false;
        if (in.readBoolean()) {
            id = Wire.readUuid(in);
            follows = in.readBoolean();
        }
        return new FunctionPack(id, Wire.readBytes(in), follows);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FunctionPack pack
                && Objects.equals(id, pack.id)
                && (id != null || bytes == pack.bytes || Arrays.equals(bytes, pack.bytes));
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            hash = id != null ? id.hashCode() : Arrays.hashCode(bytes);
        }
        return hash;
    }
}
