package io.gridctl.node.payload;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says where the bytes of a large value are: the way from the value down to the part that has most of them. Writes every
 * part on the way once more, so it is for messages only.
 */
public final class Heaviest {
    private static final int DEPTH = 20;

    private final PayloadCodec codec;
    private final CapturePath path = new CapturePath(true);

    private Heaviest(PayloadCodec codec) {
        this.codec = codec;
    }

    /**
     * The way to where most bytes are.
     *
     * @param value a value that the codec has written
     * @param bytes how many bytes it was
     * @param codec writes its parts
     * @return for a message: {@code lambda at Main.java:42 → this (Main) → data (double[])}
     */
    public static String path(Object value, long bytes, PayloadCodec codec) {
        return new Heaviest(codec).descend(value, bytes).path();
    }

    private CapturePath.Step descend(Object value, long bytes) {
        CapturePath.Step here = path.root(value);
        long size = bytes;
        for (int depth = 0; depth < DEPTH && !hasElements(here.object()); depth++) {
            CapturePath.@Nullable Step heaviest = null;
            long most = size / 2;
            for (CapturePath.Step part : path.parts(here)) {
                long partBytes = codec.encode(part.object()).length;
                if (partBytes > most) {
                    heaviest = part;
                    most = partBytes;
                }
            }
            if (heaviest == null) {
                return here;
            }
            here = heaviest;
            size = most;
        }
        return here;
    }

    /** One element of many is not what makes a collection large. */
    private static boolean hasElements(Object object) {
        return object instanceof Collection || object instanceof Map || object instanceof Object[];
    }
}
