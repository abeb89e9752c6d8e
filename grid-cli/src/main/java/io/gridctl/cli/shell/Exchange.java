package io.gridctl.cli.shell;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Hands values to the Java of the prompt and back, which is loaded by another loader but runs in this process. */
public final class Exchange {
    private static final Map<String, Optional<Object>> VALUES = new ConcurrentHashMap<>();

    private Exchange() {}

    /** A key that nobody uses. */
    static String newKey() {
        return UUID.randomUUID().toString();
    }

    /**
     * Leaves a value; called by the shell or by a line that it runs.
     *
     * @param key where
     * @param value the value, may be null
     */
    public static void give(String key, @Nullable Object value) {
        VALUES.put(key, Optional.ofNullable(value));
    }

    /**
     * Takes a value, once; called by the shell or by a line that it runs.
     *
     * @param key where
     * @param <T> its type, as the taker knows it
     * @return the value
     */
    @SuppressWarnings("unchecked")
    public static <T> @Nullable T take(String key) {
        Optional<Object> value = VALUES.remove(key);
        if (value == null) {
            throw new IllegalStateException("nothing was left at " + key);
        }
        return (T) value.orElse(null);
    }
}
