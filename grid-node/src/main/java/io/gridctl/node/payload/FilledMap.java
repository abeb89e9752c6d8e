package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.serializers.MapSerializer;
import io.gridctl.node.payload.Unfilled.Kind;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** As {@link FilledCollection}, for maps. */
@SuppressWarnings({"rawtypes", "unchecked"}) // as Kryo's are
class FilledMap extends MapSerializer<Map> {
    private final Kind kind;

    FilledMap(Kind kind) {
        this.kind = kind;
    }

    @Override
    public @Nullable Map read(Kryo kryo, Input input, Class<? extends Map> type) {
        int size = input.readVarInt(true) - 1;
        if (size < 0) {
            return null;
        }
        GraphReferences references = (GraphReferences) kryo.getReferenceResolver();
        Map map = create(kryo, input, type, size);
        kryo.reference(map);
        boolean orderIsWhole = kind != Kind.BY_ORDER || references.lastIsWhole();
        Unfilled unfilled = null;
        for (int i = 0; i < size; i++) {
            Object key = kryo.readClassAndObject(input);
            int keyNumber = key == null ? references.takeUnfinished() : GraphReferences.NONE;
            boolean whole =
                    orderIsWhole && keyNumber == GraphReferences.NONE && (!kind.matters(0) || references.lastIsWhole());
            Object value = kryo.readClassAndObject(input);
            int valueNumber = value == null ? references.takeUnfinished() : GraphReferences.NONE;
            if (unfilled == null && whole && valueNumber == GraphReferences.NONE) {
                map.put(key, value);
            } else {
                unfilled = unfilled == null ? fillLater(references, map) : unfilled;
                unfilled.add(key, keyNumber);
                unfilled.add(value, valueNumber);
            }
        }
        return map;
    }

    private Unfilled fillLater(GraphReferences references, Map map) {
        Unfilled unfilled = new Unfilled(references.current(), kind, all -> {
            map.clear();
            putAll(map, all);
        });
        map.forEach((key, value) -> {
            unfilled.add(key, GraphReferences.NONE);
            unfilled.add(value, GraphReferences.NONE);
        });
        references.fillLater(unfilled);
        return unfilled;
    }

    /** Keys and values by turns. */
    static void putAll(Map map, List<@Nullable Object> all) {
        for (int i = 0; i < all.size(); i += 2) {
            map.put(all.get(i), all.get(i + 1));
        }
    }

    /** Maps with an order that a comparator may give. */
    static final class Ordered extends FilledMap {
        Ordered() {
            super(Kind.BY_ORDER);
        }

        @Override
        protected void writeHeader(Kryo kryo, Output output, Map map) {
            kryo.writeClassAndObject(output, ((SortedMap<?, ?>) map).comparator());
        }

        @Override
        protected Map create(Kryo kryo, Input input, Class<? extends Map> type, int size) {
            Comparator comparator = (Comparator) kryo.readClassAndObject(input);
            return type == TreeMap.class ? new TreeMap<>(comparator) : new ConcurrentSkipListMap<>(comparator);
        }
    }

    /** Those that know which entry was used last keep that. */
    static final class Linked extends FilledMap {
        private static final float LOAD = 0.75f;

        Linked() {
            super(Kind.BY_KEYS_HASH);
        }

        @Override
        protected void writeHeader(Kryo kryo, Output output, Map map) {
            output.writeBoolean(isOrderedByAccess(map));
        }

        /**
         * The map has no method that tells. Asking for its first entry makes that the last one of a map in access order,
         * and asking for all others then brings the old order back; in any other map it changes nothing.
         */
        private static boolean isOrderedByAccess(Map<?, ?> map) {
            if (map.size() < 2) {
                return smallIsOrderedByAccess(map);
            }
            Object first = map.keySet().iterator().next();
            map.get(first);
            if (map.keySet().iterator().next() == first) {
                return false;
            }
            Object[] keys = map.keySet().toArray();
            for (int i = 0; i < keys.length - 1; i++) {
                map.get(keys[i]);
            }
            return true;
        }

        private static boolean smallIsOrderedByAccess(Map<?, ?> map) {
            Map<Object, Object> copy = (Map<Object, Object>) ((LinkedHashMap<?, ?>) map).clone();
            Object first = new Object();
            copy.put(first, "");
            copy.put(new Object(), "");
            copy.get(first);
            Object[] keys = copy.keySet().toArray();
            return keys[keys.length - 1] == first;
        }

        @Override
        protected Map create(Kryo kryo, Input input, Class<? extends Map> type, int size) {
            boolean byAccess = input.readBoolean();
            return new LinkedHashMap<>(Math.max((int) (size / LOAD) + 1, 16), LOAD, byAccess);
        }
    }
}
