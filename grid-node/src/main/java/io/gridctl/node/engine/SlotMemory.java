package io.gridctl.node.engine;

import io.gridctl.node.task.FrameCall;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a slot remembers from one task to the next: the function of the frame it works on. The next frame reads it anew,
 * with captured values of its own; but a function that has captured nothing is the same in each. Confined to the slot's
 * thread.
 */
final class SlotMemory {
    private static final ClassValue<Boolean> STATELESS = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return !type.isArray() && hasNoFields(type);
        }
    };

    private @Nullable Object program;
    private @Nullable FrameCall frame;
    private @Nullable Object function;

    /** The function of this frame if it is known, else null. */
    @Nullable
    Object function(Object asking, FrameCall call) {
        if (frame == call) {
            return function;
        }
        if (frame == null
                || function == null
                || program != asking
                || !STATELESS.get(function.getClass())
                || !frame.function().equals(call.function())) {
            return null;
        }
        frame = call;
        return function;
    }

    /** From now on this is the function of the frame; of its program only the identity matters. */
    void keep(Object its, FrameCall call, Object known) {
        program = its;
        frame = call;
        function = known;
    }

    void forget() {
        program = null;
        frame = null;
        function = null;
    }

    private static boolean hasNoFields(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (!Arrays.stream(each.getDeclaredFields())
                    .map(Field::getModifiers)
                    .allMatch(Modifier::isStatic)) {
                return false;
            }
        }
        return true;
    }
}
