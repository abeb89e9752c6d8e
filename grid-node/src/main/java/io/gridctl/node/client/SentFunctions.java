package io.gridctl.node.client;

import io.gridctl.node.task.FunctionPack;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Which large functions one engine has, as far as its client knows. Safe for several threads. */
final class SentFunctions {
    private static final int MOST = 1_024;

    /** Whether the engine has said that it has them. */
    private final Map<Key, Boolean> sent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Boolean> eldest) {
            return size() > MOST;
        }
    };

    private record Key(String program, UUID id) {}

    /** What a frame carries of a function: all of it in the first one, and its name in those that follow. */
    synchronized FunctionPack form(String program, FunctionPack whole) {
        UUID id = whole.id();
        if (id == null) {
            return whole;
        }
        Boolean arrived = sent.putIfAbsent(new Key(program, id), false);
        return arrived == null ? whole : whole.named(!arrived);
    }

    /** A frame was taken: what it carried has arrived. */
    synchronized void arrived(String program, FunctionPack carried) {
        UUID id = carried.id();
        if (id != null && carried.isWhole()) {
            sent.put(new Key(program, id), true);
        }
    }

    /** A frame was not taken, or nobody knows. */
    synchronized void lacks(String program, FunctionPack carried) {
        UUID id = carried.id();
        if (id != null) {
            sent.remove(new Key(program, id));
        }
    }
}
