package io.gridctl.node.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a file again and again, and reads it only when it may be another than before: who waits for engines to come
 * up does not compete with them. Confined to one thread.
 *
 * @param <T> what is read from it
 */
final class FileWatch<T> {
    /** Files that are written one right after the other may bear the same time. */
    private static final long CLOCK_STEP_MILLIS = 50;

    private final Path file;
    private final Function<Path, Optional<T>> reader;
    private @Nullable Identity seen;
    private Optional<T> content = Optional.empty();

    /** The file is replaced as a whole, so that it is another file when its content is, where files have keys. */
    private record Identity(@Nullable Object key, FileTime modified, long size) {
        boolean isNew() {
            return System.currentTimeMillis() - modified.toMillis() < CLOCK_STEP_MILLIS;
        }
    }

    FileWatch(Path file, Function<Path, Optional<T>> reader) {
        this.file = file;
        this.reader = reader;
    }

    /** The grid's state. */
    static FileWatch<GridState> ofState(GridFolder folder) {
        return new FileWatch<>(folder.stateFile(), GridState::read);
    }

    /** What is in the file, or empty if there is none or it cannot be read. */
    Optional<T> look() {
        Identity now = identify();
        if (now == null || now.isNew() || !now.equals(seen)) {
            // Read after it was identified: what is read may be newer than that, and is read once more then.
            content = reader.apply(file);
            seen = now;
        }
        return content;
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
