package io.gridctl.node.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a grid's state again and again, and reads it only when it may be another than before: who waits for engines
 * to come up does not compete with them. Confined to one thread.
 */
final class StateWatch {
    /** Files that are written one right after the other may bear the same time. */
    private static final long CLOCK_STEP_MILLIS = 50;

    private final Path file;
    private @Nullable Identity seen;
    private Optional<GridState> state = Optional.empty();

    /** The file is replaced as a whole, so that it is another file when its content is, where files have keys. */
    private record Identity(@Nullable Object key, FileTime modified, long size) {
        boolean isNew() {
            return System.currentTimeMillis() - modified.toMillis() < CLOCK_STEP_MILLIS;
        }
    }

    StateWatch(GridFolder folder) {
        file = folder.stateFile();
    }

    /** The state, or empty if there is none or it cannot be read. */
    Optional<GridState> look() {
        Identity now = identify();
        if (now == null || now.isNew() || !now.equals(seen)) {
            // Read after it was identified: what is read may be newer than that, and is read once more then.
            state = GridState.read(file);
            seen = now;
        }
        return state;
    }

    private @Nullable Identity identify() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Identity(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
        } catch (IOException absent) {
            return null;
        }
    }
}
