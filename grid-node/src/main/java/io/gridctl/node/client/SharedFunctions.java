package io.gridctl.node.client;

import io.gridctl.node.task.FunctionPack;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One copy of the bytes of a large function for all calls of it that are open. Those that were called last are known, as
 * long as any call of them is open. Safe for several threads.
 */
final class SharedFunctions {
    private static final int MOST = 256;

    /** The last of those that are too small to have an id: a function without captures has the same bytes each time. */
    private volatile FunctionPack recent = FunctionPack.of(new byte[0]);

    private final Map<FunctionPack, WeakReference<FunctionPack>> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<FunctionPack, WeakReference<FunctionPack>> eldest) {
            return size() > MOST;
        }
    };

    FunctionPack shared(byte[] bytes) {
        FunctionPack last = recent;
        if (last.bytes() == bytes) {
            return last;
        }
        FunctionPack pack = FunctionPack.of(bytes);
        if (pack.id() == null) {
            if (bytes.length < FunctionPack.SHARED_FROM) {
                recent = pack;
            }
            return pack;
        }
        synchronized (known) {
            WeakReference<FunctionPack> before = known.get(pack);
            FunctionPack open = before == null ? null : before.get();
            if (open != null) {
                return open;
            }
            known.put(pack.named(false), new WeakReference<>(pack));
            return pack;
        }
    }
}
