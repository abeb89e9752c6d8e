package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.gridctl.Distribution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of scattered data lie: which elements each engine has under the name. Every part's record carries the
 * whole layout, so that any of them tells where the others are, and it goes when they go.
 */
public final class Layout implements Wire.Typed {
    /** The {@link #typeName} of a list. */
    public static final String LIST = "java.util.List";

    private UUID id = new UUID(0, 0);
    private String typeName = LIST;
    private List<Part> parts = List.of();

    /**
     * The elements of one engine: element number i of the part is element {@code offset + i * stride} of the whole.
     *
     * @param engineId who has them
     * @param offset the first one's index in the whole
     * @param stride from one to the next, 1 if they are neighbours
     * @param length how many there are
     * @param bare whether the value is the only element itself, rather than a list or an array of it
     */
    public record Part(int engineId, long offset, long stride, long length, boolean bare) {
        /** Checks the ranges. */
        public Part {
            if (offset < 0 || stride < 1 || length < 0 || (bare && length != 1)) {
                throw new IllegalArgumentException(
                        "no part: offset " + offset + ", stride " + stride + ", length " + length + ", bare " + bare);
            }
        }
    }

    Layout() {}

    /**
     * A layout of its own, whatever others look like.
     *
     * @param typeName what was scattered: {@link #LIST}, or an array's {@link Class#getName}
     * @param parts in the order of the engines
     */
    public Layout(String typeName, List<Part> parts) {
        id = UUID.randomUUID();
        this.typeName = typeName;
        this.parts = List.copyOf(parts);
    }

    /**
     * Deals elements out, as evenly as can be.
     *
     * @param typeName what is scattered: {@link #LIST}, or an array's {@link Class#getName}
     * @param length how many elements there are
     * @param engines in their order, at least one
     * @param distribution which goes where
     * @return a new layout
     */
    public static Layout of(String typeName, long length, List<Integer> engines, Distribution distribution) {
        int count = engines.size();
        boolean block = distribution.order() == Distribution.Order.BLOCK;
        List<Part> parts = new ArrayList<>(count);
        long before = 0;
        for (int at = 0; at < count; at++) {
            long size = length / count + (at < length % count ? 1 : 0);
            boolean bare = distribution.flattened() && size == 1;
            parts.add(
                    block
                            ? new Part(engines.get(at), before, 1, size, bare)
                            : new Part(engines.get(at), at, count, size, bare));
            before += size;
        }
        return new Layout(typeName, parts);
    }

    /**
     * Puts parts of known lengths one behind the other.
     *
     * @param typeName what they are parts of: {@link #LIST}, or an array's {@link Class#getName}
     * @param engines in their order
     * @param lengths how many elements each has
     * @return a new layout
     */
    public static Layout inARow(String typeName, List<Integer> engines, List<Long> lengths) {
        List<Part> parts = new ArrayList<>(engines.size());
        long before = 0;
        for (int at = 0; at < engines.size(); at++) {
            parts.add(new Part(engines.get(at), before, 1, lengths.get(at), false));
            before += lengths.get(at);
        }
        return new Layout(typeName, parts);
    }

    /** {@return what tells this layout from another one of the same shape} */
    public UUID id() {
        return id;
    }

    /** {@return what was scattered: {@link #LIST}, or an array's {@link Class#getName}} */
    public String typeName() {
        return typeName;
    }

    /** {@return the parts, in the order of the engines} */
    public List<Part> parts() {
        return parts;
    }

    /** {@return the engines, in the order of the parts} */
    public List<Integer> engines() {
        return parts.stream().map(Part::engineId).toList();
    }

    /** {@return how many elements there are in all} */
    public long length() {
        return parts.stream().mapToLong(Part::length).sum();
    }

    /** {@return whether parts lie one behind the other} */
    public boolean isBlock() {
        return parts.stream().allMatch(part -> part.stride() == 1);
    }

    /**
     * An engine's part.
     *
     * @param engineId the engine
     * @return empty if it has none
     */
    public Optional<Part> part(int engineId) {
        return parts.stream().filter(part -> part.engineId() == engineId).findFirst();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Layout that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return typeName + " " + parts;
    }

    @Override
    public int getClassId() {
        return WireTypes.LAYOUT;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        Wire.writeUuid(out, id);
        out.writeString(typeName);
        Wire.writeList(out, parts, part -> {
            out.writeInt(part.engineId());
            out.writeLong(part.offset());
            out.writeLong(part.stride());
            out.writeLong(part.length());
            out.writeBoolean(part.bare());
        });
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        id = Wire.readUuid(in);
        typeName = Wire.readText(in);
        parts = List.copyOf(Wire.readList(
                in, () -> new Part(in.readInt(), in.readLong(), in.readLong(), in.readLong(), in.readBoolean())));
    }

    /** Writes a layout, or that there is none. */
    static void write(ObjectDataOutput out, @Nullable Layout layout) throws IOException {
        out.writeBoolean(layout != null);
        if (layout != null) {
            layout.writeData(out);
        }
    }

    /** Reads what {@link #write} has written. */
    static @Nullable Layout read(ObjectDataInput in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        Layout layout = new Layout();
        layout.readData(in);
        return layout;
    }
}
