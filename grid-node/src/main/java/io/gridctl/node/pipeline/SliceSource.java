package io.gridctl.node.pipeline;

import io.gridctl.node.payload.Slices.Slice;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where slices come from. Blocks; for one thread. */
interface SliceSource extends AutoCloseable {
    /** The next slice, null after the last one. */
    @Nullable
    Slice next() throws IOException;

    /** How much was read, in whatever it counts. */
    long done();

    /** How much is to be read. */
    long total();

    /** What there was to be read, which must be the same for all that read the same; empty if that does not matter. */
    String seen();

    @Override
    void close() throws IOException;
}
