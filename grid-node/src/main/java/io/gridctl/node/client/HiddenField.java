package io.gridctl.node.client;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A field in which the JDK hides what an executor is given to run: reached openly if the program was started so that it
 * may be, else through {@code sun.misc.Unsafe}, which newer JDKs print a warning about.
 */
final class HiddenField {
    private static final @Nullable Object UNSAFE = unsafe();

    private final Field field;
    private final boolean open;

    private HiddenField(Field field) {
        this.field = field;
        open = field.trySetAccessible();
    }

    private static @Nullable Object unsafe() {
        try {
            Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return field.get(null);
        } catch (ReflectiveOperationException | RuntimeException closed) {
            return null;
        }
    }

    /** A field of objects of a class of the JDK. */
    static HiddenField of(Class<?> declaring, String name) {
        try {
            return new HiddenField(declaring.getDeclaredField(name));
        } catch (NoSuchFieldException other) {
            throw outOfReach(declaring, other);
        }
    }

    private static RejectedExecutionException outOfReach(Class<?> declaring, ReflectiveOperationException closed) {
        return new RejectedExecutionException(
                "the code inside a " + declaring.getName() + " cannot be reached in this JVM; submit it to the executor"
                        + " service itself, or start the JVM with"
                        + " --add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                closed);
    }

    @Nullable
    Object read(Object object) {
        try {
            return open
                    ? field.get(object)
                    : method("getObject", Object.class, long.class).invoke(UNSAFE, object, offset());
        } catch (ReflectiveOperationException closed) {
            throw outOfReach(field.getDeclaringClass(), closed);
        }
    }

    /** Of an object that no other thread uses yet. */
    void write(Object object, Object value) {
        try {
            if (open) {
                field.set(object, value);
            } else {
                method("putObject", Object.class, long.class, Object.class).invoke(UNSAFE, object, offset(), value);
            }
        } catch (ReflectiveOperationException closed) {
            throw outOfReach(field.getDeclaringClass(), closed);
        }
    }

    private Object offset() throws ReflectiveOperationException {
        return method("objectFieldOffset", Field.class).invoke(UNSAFE, field);
    }

    private static Method method(String name, Class<?>... parameters) throws NoSuchMethodException {
        if (UNSAFE == null) {
            throw new NoSuchMethodException("this JVM has no sun.misc.Unsafe");
        }
        return UNSAFE.getClass().getMethod(name, parameters);
    }
}
