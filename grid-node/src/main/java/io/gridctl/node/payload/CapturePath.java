package io.gridctl.node.payload;

import io.gridctl.NotShippableException;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Explains why a value cannot be sent: walks it once more, nearest objects first, and names the way from the value to the
 * first object that does not travel. Runs only after an encoding has failed, so it may be slow.
 */
final class CapturePath {
    /** How many parts are written again, one by one, to find the one that does not travel. */
    private static final int MOST_WRITES = 1000;

    private final Queue<Step> steps = new ArrayDeque<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private final boolean leaves;

    /** An object, and from where it was reached under what name. */
    record Step(@Nullable Step from, String label, Object object) {
        /** The way from the value to here. */
        String path() {
            Deque<String> labels = new ArrayDeque<>();
            for (Step step = this; step != null; step = step.from) {
                labels.addFirst(step.label);
            }
            return String.join(" → ", labels);
        }
    }

    /** Whether strings, arrays of primitives and the like, which have no parts and are never refused, are of interest. */
    CapturePath(boolean leaves) {
        this.leaves = leaves;
    }

    static NotShippableException explain(String what, Object value, Throwable failure) {
        String start = "cannot send the " + what + ": ";
        NotShippableException found = new CapturePath(false).search(start, value, failure);
        if (found != null) {
            return found;
        }
        Step nearest = new CapturePath(false).nearest(value);
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof RefusedException refused) {
                boolean shown = refused.type() == nearest.object.getClass();
                String inside = shown ? "" : " → … (" + typeName(refused.type()) + ")";
                return new NotShippableException(start + nearest.path() + inside + ". " + refused.reason(), failure);
            }
        }
        return new NotShippableException(start + nearest.path() + " cannot be written: " + failure, failure);
    }

    /** The way to the innermost part that cannot be written by itself, for what the JDK does not show of its objects. */
    private Step nearest(Object value) {
        Step here = root(value);
        seen.add(value);
        int writes = 0;
        while (true) {
            Step inner = null;
            for (Step part : parts(here)) {
                if (writes++ >= MOST_WRITES) {
                    return here;
                }
                if (!isWritable(part.object)) {
                    inner = part;
                    break;
                }
            }
            if (inner == null) {
                return here;
            }
            here = inner;
        }
    }

    private static boolean isWritable(Object part) {
        try {
            ObjectGraph.write(part, PayloadCodec::nobody);
            return true;
        } catch (StackOverflowError tooDeepHere) {
            return true;
        } catch (RuntimeException | LinkageError e) {
            return false;
        }
    }

    /** Where a way begins. */
    Step root(Object value) {
        Optional<SerializedLambda> function = function(value);
        String label = function.isPresent()
                ? LambdaSource.of(function.get(), value.getClass().getClassLoader())
                        .description()
                : value.getClass().isHidden() ? "a function" : value.getClass().getTypeName();
        return new Step(null, label, value);
    }

    /** What an object is made of, as far as it was not reached before. */
    Collection<Step> parts(Step step) {
        expand(step);
        Collection<Step> parts = List.copyOf(steps);
        steps.clear();
        return parts;
    }

    private @Nullable NotShippableException search(String start, Object value, Throwable failure) {
        Step root = root(value);
        visit(null, root.label(), value);
        for (Step step = steps.poll(); step != null; step = steps.poll()) {
            RefusedException refusal = ObjectGraph.refusal(step.object.getClass());
            if (refusal != null) {
                boolean nameless = step.from == null && step.object.getClass().isHidden();
                String place = nameless ? "" : step.path() + ". ";
                return new NotShippableException(start + place + refusal.reason(), failure);
            }
            expand(step);
        }
        return null;
    }

    private static Optional<SerializedLambda> function(Object object) {
        try {
            return Lambdas.serialized(object);
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    private void visit(@Nullable Step from, String label, @Nullable Object object) {
        if (object != null && (leaves || !isLeaf(object.getClass())) && seen.add(object)) {
            steps.add(new Step(from, label, object));
        }
    }

    private void visitNamed(Step from, String name, @Nullable Object object) {
        if (object != null) {
            visit(from, name + " (" + typeName(object.getClass()) + ")", object);
        }
    }

    private static String typeName(Class<?> type) {
        return type.isHidden() ? "a function" : type.getTypeName();
    }

    private static boolean isLeaf(Class<?> type) {
        return type == String.class
                || type == Class.class
                || (Number.class.isAssignableFrom(type) && PlatformClasses.isPlatform(type))
                || type == Boolean.class
                || type == Character.class
                || Enum.class.isAssignableFrom(type)
                || (type.isArray() && type.getComponentType().isPrimitive());
    }

    private void expand(Step step) {
        Object object = step.object;
        Optional<SerializedLambda> function = function(object);
        if (function.isPresent()) {
            expandFunction(step, function.get());
        } else if (object instanceof Object[] array) {
            expandAll(step, List.of(), array);
        } else {
            expandPublic(step, object);
            if (!PlatformClasses.isPlatform(object.getClass())) {
                expandFields(step, object);
            }
        }
    }

    private void expandFunction(Step step, SerializedLambda form) {
        LambdaSource source = LambdaSource.of(form, step.object.getClass().getClassLoader());
        for (int i = 0; i < form.getCapturedArgCount(); i++) {
            visitNamed(step, source.captured(i), form.getCapturedArg(i));
        }
    }

    private void expandAll(Step step, Collection<?> collection, Object[] array) {
        int index = 0;
        for (Object element : array) {
            visitNamed(step, "[" + index++ + "]", element);
        }
        for (Object element : collection) {
            visitNamed(step, "[" + index++ + "]", element);
        }
    }

    /** What a JDK object, or one that builds on a JDK class, shows of itself; the JDK's fields are closed. */
    private void expandPublic(Step step, Object object) {
        Class<?> type = object.getClass();
        if (!PlatformClasses.isPlatform(type) && UserTypes.closedAncestor(type) == null) {
            return;
        }
        visitNamed(step, "comparator", comparator(object));
        if (object instanceof Collection<?> collection) {
            expandAll(step, collection, new Object[0]);
        } else if (object instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                visitNamed(step, "key " + text(key), key);
                visitNamed(step, "[" + text(key) + "]", value);
            });
        } else if (object instanceof Map.Entry<?, ?> entry) {
            visitNamed(step, "key", entry.getKey());
            visitNamed(step, "value", entry.getValue());
        } else if (object instanceof Optional<?> optional) {
            optional.ifPresent(value -> visitNamed(step, "value", value));
        } else if (object instanceof AtomicReference<?> reference) {
            visitNamed(step, "value", reference.get());
        } else if (object instanceof Throwable throwable) {
            visitNamed(step, "cause", throwable.getCause());
            for (Throwable suppressed : throwable.getSuppressed()) {
                visitNamed(step, "suppressed", suppressed);
            }
        }
    }

    private static @Nullable Object comparator(Object object) {
        if (object instanceof SortedMap<?, ?> map) {
            return map.comparator();
        }
        if (object instanceof SortedSet<?> set) {
            return set.comparator();
        }
        return object instanceof PriorityQueue<?> queue ? queue.comparator() : null;
    }

    private static String text(@Nullable Object key) {
        return key instanceof String ? "\"" + key + "\"" : key instanceof Number ? key.toString() : "…";
    }

    private void expandFields(Step step, Object object) {
        try {
            for (Field field : UserTypes.fields(object.getClass())) {
                if (!field.getType().isPrimitive()) {
                    visitNamed(step, field.getName(), field.get(object));
                }
            }
        } catch (IllegalAccessException | RefusedException | LinkageError e) {
            seen.add(object); // nothing more to see here; the search goes on elsewhere
        }
    }
}
