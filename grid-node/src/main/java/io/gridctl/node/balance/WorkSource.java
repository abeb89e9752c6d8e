package io.gridctl.node.balance;

import static java.util.Objects.requireNonNull;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ordered works of one job, pulled as engines get room. All methods are called under the dispatcher's lock: they
 * must neither block, nor throw, nor call the dispatcher.
 *
 * @param <T> the works it yields
 */
public interface WorkSource<T extends Work> {
    /** What {@link #remaining} answers when nobody knows. */
    long UNKNOWN = Long.MAX_VALUE;

    /**
     * Takes the next work.
     *
     * @param units the most units that it may have, at least 1
     * @return the work, or null if there is none right now; it is then not asked again before {@link
     *     Dispatcher#refilled}
     */
    @Nullable
    T poll(int units);

    /**
     * Whether no further work will ever come. The dispatcher then lets go of this source.
     *
     * @return true if there is none and will be none
     */
    boolean isExhausted();

    /**
     * About how many units are still to come; frames shrink as this does, so that engines finish together.
     *
     * @return a number from 0, or {@link #UNKNOWN}
     */
    long remaining();

    /**
     * The works of a list, which must not change from now on.
     *
     * @param <T> the works
     * @param works the list
     * @return a source that knows how many remain
     */
    static <T extends Work> WorkSource<T> of(List<? extends T> works) {
        requireNonNull(works, "works");
        return new WorkSource<>() {
            private int next;

            @Override
            public @Nullable T poll(int units) {
                return next < works.size() ? works.get(next++) : null;
            }

            @Override
            public boolean isExhausted() {
                return next >= works.size();
            }

            @Override
            public long remaining() {
                return (long) works.size() - next;
            }
        };
    }

    /**
     * The works of an iterator whose end is not known beforehand.
     *
     * @param <T> the works
     * @param works an iterator that does not block
     * @return a source whose remainder is unknown until it ends
     */
    static <T extends Work> WorkSource<T> of(Iterator<? extends T> works) {
        requireNonNull(works, "works");
        return new WorkSource<>() {
            @Override
            public @Nullable T poll(int units) {
                return works.hasNext() ? works.next() : null;
            }

            @Override
            public boolean isExhausted() {
                return !works.hasNext();
            }

            @Override
            public long remaining() {
                return UNKNOWN;
            }
        };
    }
}
