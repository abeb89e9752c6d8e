package io.gridctl;

/** Something that goes on until it is closed. */
public interface Subscription extends AutoCloseable {
    /** Ends it. A second call does nothing. */
    @Override
    void close();
}
