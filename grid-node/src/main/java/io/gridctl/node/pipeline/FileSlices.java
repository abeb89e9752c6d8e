package io.gridctl.node.pipeline;

import io.gridctl.Source;
import io.gridctl.node.payload.PayloadCodec;
import io.gridctl.node.payload.Slices.Slice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One engine's share of files, a block at a time. Each file is opened when its turn comes. */
final class FileSlices implements SliceSource {
    private final Source.Files source;
    private final int index;
    private final int count;
    private final boolean forRecords;
    private final PayloadCodec codec = new PayloadCodec();
    private @Nullable FileListing listing;
    private @Nullable Iterator<FileListing.Range> ranges;
    private @Nullable FileText open;
    private long done;
    private long total;

    /**
     * A share.
     *
     * @param forRecords whether slices are blocks for {@link io.gridctl.RecordRows}, rather than lists
     */
    FileSlices(Source.Files source, int index, int count, boolean forRecords) {
        this.source = source;
        this.index = index;
        this.count = count;
        this.forRecords = forRecords;
    }

    @Override
    public @Nullable Slice next() throws IOException {
        if (ranges == null) {
            listing = FileListing.of(source.path());
            List<FileListing.Range> share = listing.share(index, count);
            total = share.stream().mapToLong(range -> range.to() - range.from()).sum();
            ranges = new ArrayList<>(share).iterator();
        }
        while (true) {
            if (open == null) {
                if (!ranges.hasNext()) {
                    return null;
                }
                open = FileText.open(source, ranges.next());
            }
            FileText.Rows rows = open.next();
            if (rows != null) {
                done = Math.min(total, done + rows.bytes());
                return new Slice(
                        codec.encode(forRecords ? rows.block() : rows.elements()),
                        rows.elements().size());
            }
            open.close();
            open = null;
        }
    }

    @Override
    public long done() {
        return done;
    }

    @Override
    public long total() {
        return total;
    }

    @Override
    public String seen() {
        return listing == null ? "" : listing.summary();
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
        }
    }
}
